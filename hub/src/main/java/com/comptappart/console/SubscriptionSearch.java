package com.comptappart.console;

import com.comptappart.order.SoughtSubscriptions;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a person asked of the list of subscriptions, as it stands in the address.
 *
 * @param etat a stage's name in lower case
 * @param produit a name or {@code prod_…}
 * @param du the period ends on that day of Paris or later
 * @param au the period ends on that day of Paris or before
 */
record SubscriptionSearch(
        @Nullable String etat,
        @Nullable String email,
        @Nullable String produit,
        @Nullable String du,
        @Nullable String au) {

    SubscriptionSearch {
        etat = Cursors.typed(etat);
        email = Cursors.typed(email);
        produit = Cursors.typed(produit);
        du = Cursors.typed(du);
        au = Cursors.typed(au);
    }

    public boolean nothing() {
        return etat == null && email == null && produit == null && du == null && au == null;
    }

    /** Empty where what was asked for can match nothing. */
    Optional<SoughtSubscriptions.Filter> filter(Place place) {
        var stage =
                Arrays.stream(SoughtSubscriptions.Stage.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(etat))
                        .findFirst();
        if (etat != null && stage.isEmpty()) {
            return Optional.empty();
        }
        try {
            var days = TypedDays.of(du, au);
            return Optional.of(
                    new SoughtSubscriptions.Filter(
                            place.partner(),
                            place.environment(),
                            stage.orElse(null),
                            email,
                            produit,
                            days.since(),
                            days.until()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The list's address with the same filters. */
    String address(Place place, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(place.path("/abonnements"));
        Cursors.add(address, "etat", etat);
        Cursors.add(address, "email", email);
        Cursors.add(address, "produit", produit);
        Cursors.add(address, "du", du);
        Cursors.add(address, "au", au);
        Cursors.add(address, "after", after);
        return address.encode().build().toUriString();
    }
}
