package com.comptappart.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Does a POST that reaches Stripe once, and answers the repeats as the first.
 *
 * <p>No transaction spans the call: Stripe may take seconds, and a database's connection must not
 * wait for it. Instead, before the call, a row with the key that Stripe gets is committed; after
 * it, the answer is stored and the row deleted in one transaction. So wherever the process dies,
 * the repeat finds either the answer, or the row, and asks Stripe under the same key: Stripe
 * answers as the first time (it keeps keys for at least as long as we do, 24 hours). A call that
 * Stripe or we refused (4xx) at the first try made nothing: its row goes, and it may be mended
 * under the same key. One that ended in a 5xx may have made something: its row stays, free for the
 * next try.
 *
 * <p>A call without an {@code Idempotency-Key} gets a fresh key for Stripe; it can't be repeated.
 */
final class StripeCallFilter extends OncePerRequestFilter {

    private static final Pattern PATHS =
            Pattern.compile("/v1/(checkout-sessions|portal-sessions|orders/[^/]+/refunds)");

    private final StripeCallRows rows;

    StripeCallFilter(StripeCallRows rows) {
        this.rows = rows;
    }

    static boolean concerns(HttpServletRequest request) {
        return "POST".equals(request.getMethod())
                && PATHS.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !concerns(request);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var call = RepeatedCall.of(request);
        if (call == null) {
            StripeKey.fresh().of(request);
            chain.doFilter(request, response);
            return;
        }
        switch (rows.begin(call)) {
            case StripeCallRows.Busy _ -> throw RepeatedCall.inUse();
            case StripeCallRows.Reused _ -> throw RepeatedCall.reused();
            case StripeCallRows.Done done -> call.replay(done.answer(), response);
            case StripeCallRows.Begun begun -> {
                begun.key().of(call.request());
                var buffered = new ContentCachingResponseWrapper(response);
                first(call, begun, buffered, chain);
                buffered.copyBodyToResponse();
            }
        }
    }

    private void first(
            RepeatedCall call,
            StripeCallRows.Begun begun,
            ContentCachingResponseWrapper buffered,
            FilterChain chain)
            throws ServletException, IOException {
        boolean ended = false;
        try {
            chain.doFilter(call.request(), buffered);
            int status = buffered.getStatus();
            if (status < 300) {
                rows.done(call, begun, call.answer(buffered));
                ended = true;
            } else if (status < 500) {
                rows.refused(call, begun);
                ended = true;
            }
        } finally {
            if (!ended) {
                rows.unknown(call, begun);
            }
        }
    }
}
