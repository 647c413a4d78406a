package com.comptappart.api;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Refused;
import com.comptappart.stripe.StripeUnavailable;
import java.sql.SQLException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Says whose fault an exception is, and tells nothing of our inside. */
final class ProblemOf {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemOf.class);

    private ProblemOf() {}

    static Problem exception(Exception exception) {
        return switch (exception) {
            case Refused refused ->
                    Problem.of(status(refused.kind()), refused.code(), refused.detail());
            case StripeUnavailable e -> stripe(e);
            case BodyTooLarge e ->
                    Problem.of(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "body_too_large",
                            String.valueOf(e.getMessage()));
            case HttpMessageNotReadableException e -> UnreadableBody.problem(e);
            case HttpMediaTypeNotSupportedException _ ->
                    Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "media_type_unsupported",
                            "send JSON, with the header Content-Type: application/json");
            case TypeMismatchException e -> badParameter(e);
            case InvalidParameterException _ ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "parameter_invalid",
                            "the query can't be read: percent-encode its values as UTF-8");
            case RequestRejectedException _ ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "request_malformed",
                            "the address, method or a header has characters that are not admitted");
            case TransactionException e -> database(e);
            case DataAccessException e -> database(e);
            case ErrorResponse spring -> ofSpring(spring);
            default -> unexpected(exception);
        };
    }

    private static Problem stripe(StripeUnavailable e) {
        LOG.warn("Stripe can't be asked for an API call; answered 503: {}", e.getMessage());
        if (e.isUnconfigured()) {
            return Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "stripe_not_configured",
                    "the hub has no Stripe key for this environment; tell its operator");
        }
        return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "stripe_unavailable",
                "Stripe doesn't answer now; try again with the same Idempotency-Key");
    }

    private static HttpStatus status(Refused.Kind kind) {
        return switch (kind) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case GONE -> HttpStatus.GONE;
        };
    }

    private static Problem badParameter(TypeMismatchException e) {
        String name =
                e instanceof MethodArgumentTypeMismatchException mismatch
                        ? mismatch.getName()
                        : "a parameter";
        return Problem.of(
                HttpStatus.BAD_REQUEST, "parameter_invalid", name + ": this value can't be read");
    }

    private static Problem database(RuntimeException e) {
        String state = sqlState(e);
        if (isOutage(e, state)) {
            LOG.warn(
                    "the database is unavailable (SQL state {}); answered 503, the caller may try again",
                    state);
            return Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "database_unavailable",
                    "the database can't be reached now; try again in a few seconds");
        }
        // Class 22: a value that PostgreSQL can't keep, and that no check of ours caught.
        if (state.startsWith("22")) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "value_unusable",
                    "a value of the request can't be kept");
        }
        return unexpected(e);
    }

    private static boolean isOutage(RuntimeException e, String state) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException
                || e.getCause() instanceof DataAccessResourceFailureException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57");
    }

    private static String sqlState(RuntimeException e) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause
                        && cause.getSQLState() != null
                ? cause.getSQLState()
                : "";
    }

    private static Problem ofSpring(ErrorResponse spring) {
        HttpStatusCode status = spring.getStatusCode();
        String detail = spring.getBody().getDetail();
        String code =
                switch (status.value()) {
                    case 404 -> "path_unknown";
                    case 405 -> "method_not_allowed";
                    case 406 -> "not_acceptable";
                    case 413 -> "body_too_large";
                    default -> status.is5xxServerError() ? "internal_error" : "request_invalid";
                };
        return Problem.of(
                status,
                code,
                status.value() == 404 ? "there is nothing at this path" : orElse(detail, code));
    }

    private static Problem unexpected(Exception e) {
        String id = Ids.next("err");
        LOG.error("{}: a request failed by our fault; answered 500", id, e);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal_error",
                "this is our fault; tell the operator " + id);
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
