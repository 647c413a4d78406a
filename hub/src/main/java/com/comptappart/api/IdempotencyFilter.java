package com.comptappart.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
 * under the same key. Calls that reach Stripe are {@link StripeCallFilter}'s.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

    private final IdempotentAnswers answers;
    private final PlatformTransactionManager transactions;

    IdempotencyFilter(IdempotentAnswers answers, PlatformTransactionManager transactions) {
        this.answers = answers;
        this.transactions = transactions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return StripeCallFilter.concerns(request);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var call = RepeatedCall.of(request);
        if (call == null) {
            chain.doFilter(request, response);
            return;
        }
        var buffered = new ContentCachingResponseWrapper(response);
        var transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        try {
            answer(call, buffered, chain, transaction);
        } catch (ServletException | IOException | RuntimeException | Error e) {
            transactions.rollback(transaction);
            throw e;
        }
        transactions.commit(transaction);
        buffered.copyBodyToResponse();
    }

    private void answer(
            RepeatedCall call,
            ContentCachingResponseWrapper buffered,
            FilterChain chain,
            TransactionStatus transaction)
            throws ServletException, IOException {
        if (!answers.enter(call.key())) {
            throw RepeatedCall.inUse();
        }
        var former = answers.find(call.key());
        if (former.isPresent()) {
            call.replay(former.get(), buffered);
            return;
        }
        chain.doFilter(call.request(), buffered);
        int status = buffered.getStatus();
        if (status < 200 || status > 299) {
            transaction.setRollbackOnly();
            return;
        }
        answers.store(call.key(), call.answer(buffered));
    }
}
