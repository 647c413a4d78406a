package com.comptappart.console;

import com.comptappart.kernel.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a field with the character NUL in it, which nobody types and PostgreSQL keeps in no text.
 */
@Component
class PlainText implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean ours = handler instanceof HandlerMethod method && RoleCheck.isOurs(method);
        if (ours && request.getParameterMap().values().stream().anyMatch(PlainText::hasNul)) {
            throw Refused.invalid("character_invalid", "a field has the character NUL in it");
        }
        return true;
    }

    private static boolean hasNul(String[] values) {
        return Arrays.stream(values).anyMatch(value -> value.indexOf('\0') >= 0);
    }
}
