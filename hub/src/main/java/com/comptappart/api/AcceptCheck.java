package com.comptappart.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a call whose JSON the caller would not take, before it is made: Spring finds it out once
 * the refund was given back. What passes is answered as JSON, whatever else Accept names.
 */
final class AcceptCheck implements HandlerInterceptor {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackage().equals(getClass().getPackage())
                || !answersJson(method)) {
            return true;
        }
        if (!takesJson(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))) {
            throw new HttpMediaTypeNotAcceptableException(JSON);
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        return true;
    }

    /** Files say themselves what they are. */
    private static boolean answersJson(HandlerMethod method) {
        return !method.isVoid()
                && ResolvableType.forMethodReturnType(method.getMethod())
                                .as(ResponseEntity.class)
                                .resolveGeneric()
                        != byte[].class;
    }

    private static boolean takesJson(List<String> accepted) {
        try {
            return accepted.isEmpty()
                    || MediaType.parseMediaTypes(accepted).stream()
                            .anyMatch(each ->
                                    each.includes(MediaType.APPLICATION_JSON)
                                            && each.getQualityValue() > 0);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
