package com.comptappart.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets each key make so many calls a minute of this node, and says in every answer how many are
 * left, in the fields of the IETF's draft-ietf-httpapi-ratelimit-headers.
 */
final class RateLimitFilter extends OncePerRequestFilter {

    private static final String POLICY = "\"key\"";

    private final KeyQuotas quotas;
    private final ProblemWriter problems;

    RateLimitFilter(KeyQuotas quotas, ProblemWriter problems) {
        this.quotas = quotas;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token)
                || quotas.of(token.caller()) == 0) {
            chain.doFilter(request, response);
            return;
        }
        long most = quotas.of(token.caller());
        var left = quotas.take(token.caller());
        response.setHeader("RateLimit-Policy", POLICY + ";q=" + most + ";w=60");
        response.setHeader(
                "RateLimit", POLICY + ";r=" + Math.max(0, left.calls()) + ";t=" + left.seconds());
        if (left.calls() >= 0) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Retry-After", Long.toString(left.seconds()));
        problems.write(
                response,
                Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "rate_limited",
                        "this key made more than "
                                + most
                                + " calls in a minute: wait "
                                + left.seconds()
                                + " s; the RateLimit header of every answer says how many are left"));
    }
}
