package com.example.receiver;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WebhookController {

    private static final int MOST_BYTES = 1024 * 1024;

    private final Webhook webhook;
    private final Events events;

    WebhookController(Webhook webhook, Events events) {
        this.webhook = webhook;
        this.events = events;
    }

    @PostMapping("/webhooks")
    ResponseEntity<String> receive(
            InputStream in, @RequestHeader MultiValueMap<String, String> headers)
            throws IOException {
        // The signature is over the bytes as they came: read them raw, and no more than 1 MiB.
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).build();
        }
        String body;
        try {
            // The library verifies text, and bytes that are no UTF-8 would pass for the text that
            // replaces them: a new decoder throws instead.
            body = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // Throws when the signature or the time (5 minutes at most) is wrong.
            webhook.verify(body, headers);
        } catch (CharacterCodingException | WebhookVerificationException refused) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("signature refused");
        }
        events.receive(headers.getFirst("webhook-id"), body);
        // Any 2xx says "done, don't send it again". Answer it only now that the transaction is
        // committed.
        return ResponseEntity.noContent().build();
    }
}
