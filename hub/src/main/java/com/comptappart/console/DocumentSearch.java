package com.comptappart.console;

import com.comptappart.invoice.DocumentFilter;
import com.comptappart.invoice.DocumentKind;
import com.comptappart.mail.Mails;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a person asked of the list of invoices and credit notes, as it stands in the address.
 *
 * @param q a name, a mail address, a SIREN, the number of a document or of an order
 * @param type {@code facture} or {@code avoir}
 * @param annee of the series
 * @param email {@code attente} or {@code echec}: where the document's last mail stands
 * @param depuis a day of Paris
 * @param jusqua a day of Paris, inclusive
 */
record DocumentSearch(
        @Nullable String q,
        @Nullable String type,
        @Nullable String annee,
        @Nullable String email,
        @Nullable String depuis,
        @Nullable String jusqua) {

    DocumentSearch {
        q = Cursors.typed(q);
        type = Cursors.typed(type);
        annee = Cursors.typed(annee);
        email = Cursors.typed(email);
        depuis = Cursors.typed(depuis);
        jusqua = Cursors.typed(jusqua);
    }

    public boolean nothing() {
        return Stream.of(q, type, annee, email, depuis, jusqua).allMatch(part -> part == null);
    }

    /** The states that the last mail may have; none stands for any. */
    Set<Mails.State> mails() {
        return switch (email) {
            case "attente" -> Set.of(Mails.State.PENDING);
            case "echec" -> Set.of(Mails.State.FAILED, Mails.State.SUPPRESSED);
            case null, default -> Set.of();
        };
    }

    /**
     * Empty where what was asked for can match nothing.
     *
     * @param numbers the only documents that may be found; null for any
     */
    Optional<DocumentFilter> filter(Place place, @Nullable List<String> numbers) {
        if (isUnknown()) {
            return Optional.empty();
        }
        return Period.of(depuis, jusqua)
                .map(days -> annee == null ? days : days.in(Integer.parseInt(annee)))
                .map(days ->
                        new DocumentFilter(
                                place.partner(),
                                place.environment(),
                                kind(),
                                days.from(),
                                days.to(),
                                q,
                                numbers));
    }

    /** Whether there is no such kind, state or year. */
    private boolean isUnknown() {
        boolean noMail = email != null && mails().isEmpty();
        boolean noKind = type != null && kind() == null;
        boolean noYear = annee != null && !annee.matches("2[0-9]{3}");
        return noMail || noKind || noYear;
    }

    private @Nullable DocumentKind kind() {
        return switch (type) {
            case "facture" -> DocumentKind.INVOICE;
            case "avoir" -> DocumentKind.CREDIT_NOTE;
            case null, default -> null;
        };
    }

    /** The list's address with the same filters. */
    String address(Place place, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(place.path(DocumentPages.PATH));
        Cursors.add(address, "q", q);
        Cursors.add(address, "type", type);
        Cursors.add(address, "annee", annee);
        Cursors.add(address, "email", email);
        Cursors.add(address, "depuis", depuis);
        Cursors.add(address, "jusqua", jusqua);
        Cursors.add(address, "after", after);
        return address.encode().build().toUriString();
    }
}
