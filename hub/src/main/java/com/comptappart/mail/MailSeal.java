package com.comptappart.mail;

import com.comptappart.kernel.MasterKey;
import com.comptappart.mail.OutgoingMail.Audience;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Encrypts at rest what lets a person in; every other mail is kept as it is sent. */
@Component
class MailSeal {

    private final MasterKey key;

    MailSeal(MasterKey key) {
        this.key = key;
    }

    String close(Audience audience, String body) {
        return audience == Audience.PERSON
                ? Base64.getEncoder().encodeToString(key.encrypt(body))
                : body;
    }

    String open(Audience audience, String stored) {
        return audience == Audience.PERSON
                ? key.decrypt(Base64.getDecoder().decode(stored))
                : stored;
    }
}
