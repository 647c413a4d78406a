package com.comptappart.flow;

import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.partner.Partner;
import com.comptappart.partner.Partners;
import com.comptappart.partner.Sellers;
import com.comptappart.webhook.EndpointAlert;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Owes the mails of an alert, in the transaction that remembers that it was said: to the partner in
 * its language, and to the operator, in French, where one is named.
 */
@Component
class AlertMails {

    private final Partners partners;
    private final Sellers sellers;
    private final Mails mails;
    private final MessageSource messages;
    private final Addressees addressees;

    AlertMails(
            Partners partners,
            Sellers sellers,
            Mails mails,
            MessageSource messages,
            Addressees addressees) {
        this.partners = partners;
        this.sellers = sellers;
        this.mails = mails;
        this.messages = messages;
        this.addressees = addressees;
    }

    /** Who is told beside the partner, and where the links of mails lead. */
    @Component
    record Addressees(
            @Value("${comptappart.operator-email:}") String operator,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {

        Addressees {
            operator = operator.strip();
            publicUrl = publicUrl.replaceAll("/+$", "");
            if (!operator.isEmpty() && !operator.matches("[^\\s@,;<>]+@[^\\s@,;<>]+")) {
                throw new Misconfigured(
                        "COMPTAPPART_OPERATOR_EMAIL must be one mail address, such as ops@hub.example, not '"
                                + operator
                                + "'");
            }
        }
    }

    @EventListener
    void on(EndpointAlert alert) {
        var partner = partners.find(alert.endpoint().partner());
        if (partner.isEmpty()) {
            return;
        }
        var owed = new ArrayList<OutgoingMail>();
        String contact = partner.get().contactEmail();
        owed.add(mail(alert, partner.get(), contact, false));
        if (!addressees.operator().isEmpty() && !addressees.operator().equalsIgnoreCase(contact)) {
            owed.add(mail(alert, partner.get(), addressees.operator(), true));
        }
        mails.owe(List.copyOf(owed));
    }

    private OutgoingMail mail(
            EndpointAlert alert, Partner partner, String recipient, boolean toOperator) {
        var endpoint = alert.endpoint();
        var seller = sellers.sellerOf(PartnerId.UNASSIGNED, endpoint.environment());
        var letter =
                new AlertLetter(alert, partner, addressees.publicUrl(), messages, toOperator)
                        .letter();
        return new OutgoingMail(
                endpoint.partner(),
                endpoint.environment(),
                null,
                alert.key(),
                recipient,
                letter.subject(),
                letter.text(seller),
                letter.html(seller),
                null,
                OutgoingMail.Audience.US);
    }
}
