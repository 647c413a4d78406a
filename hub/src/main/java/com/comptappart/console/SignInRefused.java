package com.comptappart.console;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** Nobody signed in, and why. */
final class SignInRefused extends AuthenticationException {

    /** What was wrong, with the words and the status that tell it. */
    enum Problem {
        UNKNOWN_KEY("sign-in.unknown-key", HttpStatus.UNAUTHORIZED),
        DEAD_LINK("sign-in.dead-link", HttpStatus.UNAUTHORIZED),
        PARTNER_KEY("sign-in.partner-key", HttpStatus.FORBIDDEN),
        UNKNOWN_PASSKEY("sign-in.unknown-passkey", HttpStatus.UNAUTHORIZED),
        NO_ADDRESS("sign-in.no-address", HttpStatus.BAD_REQUEST),
        TOO_MANY_LINKS("sign-in.too-many-links", HttpStatus.TOO_MANY_REQUESTS),
        TOO_MANY("sign-in.too-many", HttpStatus.TOO_MANY_REQUESTS);

        private final String words;
        private final HttpStatus status;

        Problem(String words, HttpStatus status) {
            this.words = words;
            this.status = status;
        }

        String words() {
            return words;
        }

        /** Whether a minute's wait mends it. */
        boolean passes() {
            return status == HttpStatus.TOO_MANY_REQUESTS;
        }

        HttpStatus status() {
            return status;
        }
    }

    private final Problem problem;

    SignInRefused(Problem problem) {
        super(problem.words());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
