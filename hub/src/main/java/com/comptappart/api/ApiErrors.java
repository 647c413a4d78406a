package com.comptappart.api;

import com.comptappart.stripe.StripeUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Answers what controllers throw. Last in order: pages may answer theirs in their own way. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ApiErrors {

    @ExceptionHandler
    @Nullable ResponseEntity<Problem> answer(
            Exception exception, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            return null;
        }
        var problem = ProblemOf.exception(exception);
        if (response.isCommitted()) {
            throw exception;
        }
        var headers = new HttpHeaders();
        if (exception instanceof ErrorResponse spring) {
            headers.putAll(spring.getHeaders());
        }
        if (problem.status() == 503) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter(exception)));
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(problem, headers, problem.status());
    }

    private static long retryAfter(Exception exception) {
        return exception instanceof StripeUnavailable stripe && stripe.retryAfter() != null
                ? Math.max(1, stripe.retryAfter().toSeconds())
                : 5;
    }
}
