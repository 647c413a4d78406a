package com.comptappart.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what the filters behind it throw as a controller's exceptions are answered. Where an
 * answer is under way already it is broken off: nobody takes half a file for a whole one.
 */
final class ErrorsFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    ErrorsFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            problems.write(response, ProblemOf.exception(e));
        } catch (ServletException e) {
            if (response.isCommitted()) {
                throw e;
            }
            if (e instanceof ErrorResponse spring) {
                spring.getHeaders()
                        .forEach((name, values) ->
                                values.forEach(value -> response.addHeader(name, value)));
            }
            problems.write(
                    response,
                    ProblemOf.exception(e.getRootCause() instanceof Exception root ? root : e));
        }
    }
}
