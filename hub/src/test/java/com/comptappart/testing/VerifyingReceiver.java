package com.comptappart.testing;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What a partner writes with the standard's library: 200 to what the secret signed, else 401. */
public final class VerifyingReceiver
        implements java.util.function.ToIntFunction<PartnerReceiver.Call> {

    private volatile @Nullable Webhook webhook;

    /** Deploys the secret, as it is shown once. */
    public void knows(String secret) {
        try {
            webhook = new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int applyAsInt(PartnerReceiver.Call call) {
        var known = webhook;
        if (known == null) {
            return 503;
        }
        try {
            known.verify(call.body(), HttpHeaders.of(call.headers(), (_, _) -> true));
            return 200;
        } catch (WebhookVerificationException e) {
            return 401;
        }
    }
}
