package com.comptappart.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;

/**
 * What is known of someone at the door beside what they hold.
 *
 * @param asked what a passkey must answer; null where none was asked for
 */
record Attempt(Origin origin, @Nullable PublicKeyCredentialRequestOptions asked) {

    static Attempt of(HttpServletRequest request) {
        return new Attempt(Origin.of(request), Passkeys.takeAsked(request.getSession(false)));
    }

    static Attempt of(Authentication attempt) {
        return attempt.getDetails() instanceof Attempt known
                ? known
                : new Attempt(new Origin("", "", "fr"), null);
    }
}
