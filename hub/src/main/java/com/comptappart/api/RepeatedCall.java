package com.comptappart.api;

import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScopes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * A POST that carries an {@code Idempotency-Key}.
 *
 * @param sha256 of the request: a repeat has the same
 */
record RepeatedCall(IdempotentAnswers.Key key, byte[] sha256, BodyFilter.Read request) {

    private static final int MAX_LENGTH = 255;

    /**
     * Null where the request is no POST or carries no key.
     *
     * @throws Refused when the key can't be one
     */
    static @Nullable RepeatedCall of(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key == null
                || !"POST".equals(request.getMethod())
                || !(SecurityContextHolder.getContext().getAuthentication()
                        instanceof CallerToken token)
                || !(request instanceof BodyFilter.Read read)) {
            return null;
        }
        if (key.isBlank() || key.length() > MAX_LENGTH) {
            throw Refused.invalid(
                    "idempotency_key_invalid", "Idempotency-Key: 1 to 255 characters");
        }
        Caller caller = token.caller();
        return new RepeatedCall(
                IdempotentAnswers.Key.of(caller, key), sha256(read, caller.scopes()), read);
    }

    /** Answers as the first time. */
    void replay(IdempotentAnswers.Answer former, HttpServletResponse response) throws IOException {
        if (!MessageDigest.isEqual(former.requestSha256(), sha256)) {
            throw reused();
        }
        response.setStatus(former.status());
        response.setHeader("Idempotent-Replayed", "true");
        if (!former.mediaType().isEmpty()) {
            response.setContentType(former.mediaType());
        }
        response.getOutputStream().write(former.body().getBytes(StandardCharsets.UTF_8));
    }

    /** What is kept of an answer. */
    IdempotentAnswers.Answer answer(ContentCachingResponseWrapper response) {
        String mediaType = response.getContentType();
        return new IdempotentAnswers.Answer(
                sha256,
                response.getStatus(),
                mediaType == null ? "" : mediaType,
                new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
    }

    static Refused reused() {
        return Refused.conflict(
                "idempotency_key_reused",
                "this Idempotency-Key was used for another request; take a new one");
    }

    static Refused inUse() {
        return Refused.conflict(
                "idempotency_key_in_use",
                "the first request with this Idempotency-Key is still being done; try again");
    }

    /** Of a narrowed key also what it may do: it gets no answer that it could not have caused. */
    private static byte[] sha256(BodyFilter.Read request, KeyScopes scopes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            String line =
                    request.getMethod()
                            + " "
                            + request.getRequestURI()
                            + "?"
                            + request.getQueryString()
                            + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            if (!scopes.equals(KeyScopes.ALL)) {
                digest.update((scopes + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return digest.digest(request.body());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
