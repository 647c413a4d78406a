package com.comptappart.console;

import com.comptappart.kernel.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * Errors as pages, for browsers; programs get theirs from the API. Each says whose it is and what
 * to do.
 */
@Component
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
class ConsoleErrors implements ErrorViewResolver {

    private final Frames frames;

    ConsoleErrors(Frames frames) {
        this.frames = frames;
    }

    @ExceptionHandler
    ModelAndView refused(Refused refused, HttpServletRequest request) {
        var status =
                switch (refused.kind()) {
                    case INVALID -> HttpStatus.BAD_REQUEST;
                    case NOT_FOUND -> HttpStatus.NOT_FOUND;
                    case CONFLICT -> HttpStatus.CONFLICT;
                    case GONE -> HttpStatus.GONE;
                };
        return page(request, status, refused.detail());
    }

    @Override
    public ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        return page(request, status, "");
    }

    private ModelAndView page(HttpServletRequest request, HttpStatus status, String detail) {
        var page = new ModelAndView("console/error", status);
        page.addObject("frame", frames.bare(request));
        page.addObject("status", status.value());
        page.addObject("kind", kind(status));
        page.addObject("detail", detail);
        return page;
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
