package com.comptappart.api;

import com.comptappart.kernel.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Does a POST with an {@code Idempotency-Key} once, and answers the repeats as the first.
 *
 * <p>What the call writes and its answer are one transaction. If the process dies in between,
 * neither is there, and the repeat does it all; if it dies after the commit, the repeat gets the
 * kept answer. Only what was done (2xx) is kept: a refused call changed nothing and may be mended
 * under the same key. A call that reaches outside the database (Stripe) must carry the key there.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

    private static final int MAX_LENGTH = 255;

    private final IdempotentAnswers answers;
    private final PlatformTransactionManager transactions;

    IdempotencyFilter(IdempotentAnswers answers, PlatformTransactionManager transactions) {
        this.answers = answers;
        this.transactions = transactions;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader("Idempotency-Key");
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (key == null
                || !"POST".equals(request.getMethod())
                || !(authentication instanceof CallerToken token)
                || !(request instanceof BodyFilter.Read read)) {
            chain.doFilter(request, response);
            return;
        }
        if (key.isBlank() || key.length() > MAX_LENGTH) {
            throw Refused.invalid(
                    "idempotency_key_invalid", "Idempotency-Key: 1 to 255 characters");
        }
        var call = new Call(read, response, chain);
        var transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        try {
            answer(IdempotentAnswers.Key.of(token.caller(), key), call, transaction);
        } catch (ServletException | IOException | RuntimeException | Error e) {
            transactions.rollback(transaction);
            throw e;
        }
        transactions.commit(transaction);
        call.buffered().copyBodyToResponse();
    }

    private record Call(
            BodyFilter.Read request, ContentCachingResponseWrapper buffered, FilterChain chain) {
        Call(BodyFilter.Read request, HttpServletResponse response, FilterChain chain) {
            this(request, new ContentCachingResponseWrapper(response), chain);
        }
    }

    private void answer(IdempotentAnswers.Key key, Call call, TransactionStatus transaction)
            throws ServletException, IOException {
        if (!answers.enter(key)) {
            throw Refused.conflict(
                    "idempotency_key_in_use",
                    "the first request with this Idempotency-Key is still being done; try again");
        }
        byte[] sha256 = sha256(call.request());
        var former = answers.find(key);
        if (former.isPresent()) {
            replay(former.get(), sha256, call.buffered());
            return;
        }
        call.chain().doFilter(call.request(), call.buffered());
        int status = call.buffered().getStatus();
        if (status < 200 || status > 299) {
            transaction.setRollbackOnly();
            return;
        }
        String mediaType = call.buffered().getContentType();
        String body = new String(call.buffered().getContentAsByteArray(), StandardCharsets.UTF_8);
        answers.store(
                key,
                new IdempotentAnswers.Answer(
                        sha256, status, mediaType == null ? "" : mediaType, body));
    }

    private static void replay(
            IdempotentAnswers.Answer former, byte[] sha256, HttpServletResponse response)
            throws IOException {
        if (!MessageDigest.isEqual(former.requestSha256(), sha256)) {
            throw Refused.conflict(
                    "idempotency_key_reused",
                    "this Idempotency-Key was used for another request; take a new one");
        }
        response.setStatus(former.status());
        response.setHeader("Idempotent-Replayed", "true");
        if (!former.mediaType().isEmpty()) {
            response.setContentType(former.mediaType());
        }
        response.getOutputStream().write(former.body().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(BodyFilter.Read request) {
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
            return digest.digest(request.body());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
