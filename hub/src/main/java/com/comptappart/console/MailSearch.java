package com.comptappart.console;

import com.comptappart.mail.MailFilter;
import com.comptappart.mail.Mails;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a person asked of the list of mails, as it stands in the address.
 *
 * @param etat a state's name in lower case
 * @param destinataire an address
 * @param depuis a day of Paris
 * @param jusqua a day of Paris, inclusive
 */
record MailSearch(
        @Nullable String etat,
        @Nullable String destinataire,
        @Nullable String depuis,
        @Nullable String jusqua) {

    MailSearch {
        etat = Cursors.typed(etat);
        destinataire = Cursors.typed(destinataire);
        depuis = Cursors.typed(depuis);
        jusqua = Cursors.typed(jusqua);
    }

    public boolean nothing() {
        return Stream.of(etat, destinataire, depuis, jusqua).allMatch(part -> part == null);
    }

    /** Empty where what was asked for can match nothing. */
    Optional<MailFilter> filter(Place place) {
        var state =
                Arrays.stream(Mails.State.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(etat))
                        .findFirst();
        if (etat != null && state.isEmpty()) {
            return Optional.empty();
        }
        return Period.of(depuis, jusqua)
                .map(days ->
                        new MailFilter(
                                place.partner(),
                                place.environment(),
                                state.map(Set::of).orElse(Set.of()),
                                destinataire,
                                days.since(),
                                days.until()));
    }

    /** The list's address with the same filters. */
    String address(Place place, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(place.path("/e-mails"));
        Cursors.add(address, "etat", etat);
        Cursors.add(address, "destinataire", destinataire);
        Cursors.add(address, "depuis", depuis);
        Cursors.add(address, "jusqua", jusqua);
        Cursors.add(address, "after", after);
        return address.encode().build().toUriString();
    }
}
