package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * The one place where roles are enforced: no handler of the console runs before what its {@link
 * May} asks for was found in the visitor's rights. Another's partner is not found; one's own, where
 * the role is too small, is refused.
 */
@Component
class RoleCheck implements HandlerInterceptor {

    private final Visitors visitors;
    private final Places places;

    RoleCheck(Visitors visitors, Places places) {
        this.visitors = visitors;
        this.places = places;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || !isOurs(method)) {
            return true;
        }
        // Read even for who may do everything: an address of another's partner is not found.
        var place = places.of(request).orElse(null);
        if (isOpen(method)) {
            return true;
        }
        Act act = needed(method);
        var visitor = visitors.of(request);
        if (visitor.isEmpty()) {
            // An address that is open for one method only, such as a form's, opened by another.
            throw Refused.notFound("page_not_found", "no page has this address");
        }
        if (act == null) {
            throw new IllegalStateException(method + " says not what one must be allowed to do");
        }
        if (act != Act.OWN
                && !visitor.get().rights().may(act, place == null ? null : place.partner())) {
            throw new RoleMissing(act, place);
        }
        return true;
    }

    static boolean isOurs(HandlerMethod method) {
        return method.getBeanType().getPackage() == RoleCheck.class.getPackage();
    }

    static boolean isOpen(HandlerMethod method) {
        return method.hasMethodAnnotation(Open.class)
                || (!method.hasMethodAnnotation(May.class)
                        && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), Open.class));
    }

    /** Null where the handler says nothing. */
    static @Nullable Act needed(HandlerMethod method) {
        var own = method.getMethodAnnotation(May.class);
        if (own != null) {
            return own.value();
        }
        var ofAll = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), May.class);
        return ofAll == null ? null : ofAll.value();
    }
}
