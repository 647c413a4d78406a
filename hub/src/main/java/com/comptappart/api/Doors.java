package com.comptappart.api;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Knows whom each call of the API is open to; the hub doesn't start while one doesn't say. */
@Component
class Doors implements SmartInitializingSingleton {

    private static final String API = "/v1/";

    private final RequestMappingHandlerMapping mappings;
    private Map<Method, Access> access = Map.of();

    Doors(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    /**
     * @throws IllegalStateException when a call doesn't say whom it is open to
     */
    @Override
    public void afterSingletonsInstantiated() {
        var found = new HashMap<Method, Access>();
        mappings.getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (isOurs(mapping, method)) {
                        found.put(method.getMethod(), Access.of(method));
                    }
                });
        access = Map.copyOf(found);
    }

    /** Null where no call would be made: there is nothing, or Spring answers by itself. */
    @Nullable Access to(HttpServletRequest request) throws ServletException {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        return handler(request) instanceof HandlerMethod method
                ? access.get(method.getMethod())
                : null;
    }

    /** A wrong method or media type is thrown on: nothing of the call may be answered past us. */
    private @Nullable Object handler(HttpServletRequest request) throws ServletException {
        try {
            var chain = mappings.getHandler(request);
            return chain == null ? null : chain.getHandler();
        } catch (ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** All but the document, which springdoc answers. */
    private static boolean isOurs(RequestMappingInfo mapping, HandlerMethod method) {
        return mapping.getPatternValues().stream().anyMatch(path -> path.startsWith(API))
                && !method.getBeanType().getName().startsWith("org.springdoc.");
    }
}
