package com.comptappart.console;

import com.comptappart.invoice.DocumentFinder;
import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PageRequest;
import com.comptappart.order.OrderFilter;
import com.comptappart.webhook.Notifications;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what was typed into what to look for. */
@Component
class Search {

    /** An order's number as people write it: 156, #156, n° 156, commande 156. */
    private static final Pattern NUMBERED =
            Pattern.compile("(?iu)(?:commande|order|n°|#|\\s)*([0-9]{1,18})");

    /** What a person typed into the filters; empty where nothing was. */
    record Typed(
            @Nullable String email,
            @Nullable String numero,
            @Nullable String evenement,
            @Nullable String facture) {

        public boolean nothing() {
            return blank(email) && blank(numero) && blank(evenement) && blank(facture);
        }
    }

    private final Invoices invoices;
    private final DocumentFinder documents;
    private final Notifications notifications;
    private final Places places;

    Search(
            Invoices invoices,
            DocumentFinder documents,
            Notifications notifications,
            Places places) {
        this.invoices = invoices;
        this.documents = documents;
        this.notifications = notifications;
        this.places = places;
    }

    /** The page of the one document or notification that has what was typed for its number. */
    Optional<String> page(Place place, String text) {
        String word = text.strip();
        if (word.startsWith("msg_")) {
            return notifications
                    .find(place.partner(), place.environment(), word)
                    .map(each ->
                            Place.path(
                                    places.word(each.partner()),
                                    place.environment(),
                                    "/livraisons/" + each.id()));
        }
        return documents
                .find(place.partner(), place.environment(), word.toUpperCase(Locale.ROOT))
                .map(each -> DocumentRow.url(places.word(each.partner()), each));
    }

    /** Empty where what was typed can match nothing. */
    Optional<OrderFilter> filter(Place place, Typed typed) {
        String number = Cursors.typed(typed.numero());
        String invoice = Cursors.typed(typed.facture());
        OrderId order = number == null ? null : number(number);
        if (number != null && order == null) {
            return Optional.empty();
        }
        if (invoice != null) {
            var invoiced = ofInvoice(place, invoice);
            if (invoiced == null || (order != null && !order.equals(invoiced))) {
                return Optional.empty();
            }
            order = invoiced;
        }
        return Optional.of(
                new OrderFilter(
                        place.partner(),
                        place.environment(),
                        Cursors.typed(typed.email()),
                        Cursors.typed(typed.evenement()),
                        order,
                        null,
                        null));
    }

    /** The one search box: tells by its look what was typed. */
    static Typed typed(String text) {
        String word = text.strip();
        if (word.contains("@")) {
            return new Typed(word, null, null, null);
        }
        if (word.startsWith("evt_")) {
            return new Typed(null, null, word, null);
        }
        var number = NUMBERED.matcher(word);
        if (number.matches()) {
            return new Typed(null, number.group(1), null, null);
        }
        return new Typed(null, null, null, word);
    }

    private @Nullable OrderId ofInvoice(Place place, String number) {
        var filter = new InvoiceFilter(place.partner(), place.environment(), null, number);
        return invoices.list(filter, new PageRequest(1, null)).data().stream()
                .findFirst()
                .map(invoice -> invoice.order())
                .orElse(null);
    }

    private static @Nullable OrderId number(String digits) {
        return digits.matches("[0-9]{1,18}") ? new OrderId(Long.parseLong(digits)) : null;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
