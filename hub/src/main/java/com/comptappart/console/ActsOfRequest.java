package com.comptappart.console;

import com.comptappart.people.AuditLog;
import com.comptappart.people.Deed;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a handler the {@link Acts} of who asked, and gives the journal who it was. */
@Component
class ActsOfRequest implements HandlerMethodArgumentResolver {

    private final AuditLog log;
    private final Visitors visitors;
    private final Places places;
    private final Frames frames;

    ActsOfRequest(AuditLog log, Visitors visitors, Places places, Frames frames) {
        this.log = log;
        this.visitors = visitors;
        this.places = places;
        this.frames = frames;
    }

    static Deed.Actor actor(Visitor visitor, Origin origin) {
        return new Deed.Actor(visitor.id(), visitor.name(), origin.address(), origin.browser());
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Acts.class;
    }

    @Override
    public Acts resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var servletRequest = request.getNativeRequest(HttpServletRequest.class);
        if (servletRequest == null) {
            throw new IllegalStateException("not an HTTP request");
        }
        var visitor =
                visitors.of(servletRequest)
                        .orElseThrow(() -> new IllegalStateException("nobody has signed in"));
        return new Acts(
                log,
                actor(visitor, Origin.of(servletRequest)),
                places.of(servletRequest).orElse(null),
                frames.words(servletRequest));
    }
}
