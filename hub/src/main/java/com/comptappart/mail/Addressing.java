package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Reason;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Decides to whom a mail goes, and whether it goes at all: a staging mail never to the buyer. */
@Component
class Addressing {

    static final String KEPT = Reason.MAIL_KEPT.text();

    private final MailSettings settings;
    private final MailServer server;
    private final Sender sender;

    Addressing(
            MailSettings settings,
            MailServer server,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.settings = settings;
        this.server = server;
        sender = Sender.of(settings.from(), publicUrl);
    }

    NewMail address(OutgoingMail mail) {
        var fault = Addresses.fault(mail.recipient());
        if (fault.isPresent()) {
            return made(mail, "", Mails.State.SUPPRESSED, fault.get());
        }
        String waits = server.isConfigured() ? "" : MailServer.NO_HOST;
        String reader = mail.recipient() == null ? "" : Addresses.toAscii(mail.recipient());
        boolean isOurs = mail.audience() != OutgoingMail.Audience.BUYER;
        if (mail.environment() == Environment.PRODUCTION || isOurs) {
            return made(mail, reader, Mails.State.PENDING, waits);
        }
        if (settings.stagingRecipient().isEmpty()) {
            return made(mail, "", Mails.State.KEPT, KEPT);
        }
        String tester = Addresses.toAscii(settings.stagingRecipient());
        return made(mail, tester, Mails.State.PENDING, waits);
    }

    private NewMail made(OutgoingMail mail, String deliverTo, Mails.State state, String reason) {
        String id = Ids.next("mail");
        return new NewMail(
                mail,
                id,
                "<" + id + "@" + sender.messageIdDomain() + ">",
                sender.header(),
                Addresses.shown(mail.recipient()),
                deliverTo,
                state,
                reason);
    }
}
