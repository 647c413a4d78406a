package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Refuses query parameters that a call doesn't take (a misspelt filter would answer everything) and
 * text that the database can't keep.
 */
final class ParameterCheck implements HandlerInterceptor {

    private final Map<HandlerMethod, Set<String>> taken = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackage().equals(getClass().getPackage())) {
            return true;
        }
        var known = taken.computeIfAbsent(method, ParameterCheck::taken);
        request.getParameterMap().forEach((name, values) -> check(name, values, known));
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables) {
            variables.forEach(
                    (name, value) -> checkText(String.valueOf(name), String.valueOf(value)));
        }
        return true;
    }

    private static void check(String name, String[] values, Set<String> known) {
        if (!known.contains(name)) {
            throw Refused.invalid(
                    "parameter_unknown",
                    known.isEmpty()
                            ? "this call takes no query parameters"
                            : "unknown query parameter; this call takes "
                                    + String.join(", ", known));
        }
        if (values.length > 1) {
            throw Refused.invalid("parameter_repeated", name + ": give it once");
        }
        checkText(name, values[0]);
    }

    private static void checkText(String name, String value) {
        if (!CleanText.isClean(value)) {
            throw Refused.invalid(
                    "parameter_invalid", name + ": a text without NUL and broken characters");
        }
    }

    private static Set<String> taken(HandlerMethod method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getMethodParameters()) {
            var annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null) {
                names.add(annotation.name());
            }
            if (parameter.getParameterType() == PageRequest.class) {
                names.add(PageArgument.LIMIT);
                names.add(PageArgument.AFTER);
            }
        }
        return names;
    }
}
