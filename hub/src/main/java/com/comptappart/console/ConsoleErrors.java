package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.People;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Errors as pages, for browsers; programs get theirs from the API. Each says whose it is and what
 * to do.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
class ConsoleErrors implements ErrorViewResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleErrors.class);

    private final Frames frames;
    private final People people;
    private final Shops shops;

    ConsoleErrors(Frames frames, People people, Shops shops) {
        this.frames = frames;
        this.people = people;
        this.shops = shops;
    }

    @ExceptionHandler
    ModelAndView refused(Refused refused, HttpServletRequest request) {
        var status =
                switch (refused.kind()) {
                    case INVALID -> HttpStatus.BAD_REQUEST;
                    case FORBIDDEN -> HttpStatus.FORBIDDEN;
                    case NOT_FOUND -> HttpStatus.NOT_FOUND;
                    case CONFLICT -> HttpStatus.CONFLICT;
                    case GONE -> HttpStatus.GONE;
                };
        return page(request, status, refused.detail());
    }

    /** Says which role is needed and who can give it. */
    @ExceptionHandler
    ModelAndView roleMissing(RoleMissing missing, HttpServletRequest request) {
        var page = page(request, HttpStatus.FORBIDDEN, "");
        page.setViewName("console/role-missing");
        var words = frames.words(request);
        var place = missing.place();
        page.addObject(
                "needed",
                missing.act().roles().stream()
                        .map(role -> words.text("role." + role.code()))
                        .toList());
        page.addObject("ofHub", missing.act().ofHub());
        page.addObject(
                "givers",
                place == null
                        ? List.of()
                        : people.administrators(missing.act().ofHub() ? null : place.partner()));
        return page;
    }

    /**
     * What no page expects: a bad request as Spring saw it, a reader who left, or our own fault.
     */
    @ExceptionHandler
    @Nullable ModelAndView unexpected(Exception exception, HttpServletRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            return null;
        }
        if (exception instanceof ErrorResponse spring) {
            var status = HttpStatus.resolve(spring.getStatusCode().value());
            return page(request, status == null ? HttpStatus.BAD_REQUEST : status, "");
        }
        LOG.error(
                "{} could not be shown; its reader is told that the error is ours",
                named(request),
                exception);
        return page(request, HttpStatus.INTERNAL_SERVER_ERROR, "");
    }

    @Override
    public ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        return page(request, status, "");
    }

    private ModelAndView page(HttpServletRequest request, HttpStatus status, String detail) {
        if (BuyerDoor.isIn(asked(request))) {
            return forBuyer(request, status);
        }
        var page = new ModelAndView("console/error", status);
        page.addObject("frame", frames.bare(request));
        page.addObject("status", status.value());
        page.addObject("kind", kind(status));
        // A detail is English; that there is nothing here is said by the page itself.
        boolean said = status == HttpStatus.NOT_FOUND && frames.words(request).french();
        page.addObject("detail", said ? "" : detail);
        return page;
    }

    private ModelAndView forBuyer(HttpServletRequest request, HttpStatus status) {
        var page = new ModelAndView("buyer/error", status);
        page.addObject("frame", frames.bare(request));
        page.addObject("shop", shops.ofAll());
        page.addObject("kind", kind(status));
        return page;
    }

    /** What was asked for, also where the container forwarded it to the page of errors. */
    private static String asked(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked
                ? asked
                : request.getRequestURI();
    }

    /** The address for a log: what a buyer's opens must not stand in it. */
    private static String named(HttpServletRequest request) {
        String path = request.getRequestURI();
        return BuyerDoor.isIn(path) ? path.replaceFirst("^(/[a-z]+/?).*$", "$1…") : path;
    }

    private static String kind(@Nullable HttpStatus status) {
        if (status == HttpStatus.NOT_FOUND || status == HttpStatus.GONE) {
            return "not-found";
        }
        if (status == HttpStatus.FORBIDDEN) {
            return "forbidden";
        }
        return status != null && status.is4xxClientError() ? "bad-request" : "ours";
    }
}
