package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@code ?limit=} and {@code ?after=}. */
final class PageArgument implements HandlerMethodArgumentResolver {

    static final String LIMIT = "limit";
    static final String AFTER = "after";
    private static final int DEFAULT = 20;
    private static final int MAX_CURSOR = 200;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String after = request.getParameter(AFTER);
        if (after != null && after.length() > MAX_CURSOR) {
            throw Refused.invalid(
                    "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
        }
        return new PageRequest(
                limit(request.getParameter(LIMIT)),
                after == null || after.isEmpty() ? null : after);
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        if (!text.matches("[0-9]{1,3}")) {
            throw Refused.invalid(
                    "limit_out_of_range", "limit must be a whole number between 1 and 100");
        }
        return Integer.parseInt(text);
    }
}
