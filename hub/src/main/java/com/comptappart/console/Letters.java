package com.comptappart.console;

import com.comptappart.invoice.FoundDocument;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.OrderId;
import com.comptappart.mail.MailFinder;
import com.comptappart.mail.Mails;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which mails brought which documents. */
@Component
class Letters {

    private final Mails mails;
    private final MailFinder finder;
    private final Places places;

    Letters(Mails mails, MailFinder finder, Places places) {
        this.mails = mails;
        this.finder = finder;
        this.places = places;
    }

    /** The documents whose last mail is in one of those states; null where any will do. */
    @Nullable List<String> unsent(Place place, Set<Mails.State> states, int most) {
        return states.isEmpty()
                ? null
                : finder.about(place.partner(), place.environment(), states, most);
    }

    List<DocumentRow> rows(Words words, List<FoundDocument> found) {
        var orders = found.stream().map(each -> each.issued().order()).distinct().toList();
        var sent = mails.ofOrders(orders);
        return found.stream()
                .map(each ->
                        DocumentRow.of(
                                words,
                                each,
                                places.word(each.issued().partner()),
                                about(sent, each.issued())))
                .toList();
    }

    /** All that brought a document, oldest first. */
    List<Mails.Mail> of(InvoiceIssued issued) {
        return mails.about(issued.order(), issued.number());
    }

    /** Sends the buyer's mail again, to another address where one is given. */
    void sendAgain(InvoiceIssued issued, String address) {
        mails.resend(
                mails.original(issued.order(), issued.number()),
                address.isBlank() ? null : address.strip());
    }

    private static List<Mails.Mail> about(
            Map<OrderId, List<Mails.Mail>> sent, InvoiceIssued issued) {
        return sent.getOrDefault(issued.order(), List.of()).stream()
                .filter(mail -> mail.about().equals(issued.number()))
                .toList();
    }
}
