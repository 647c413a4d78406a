package com.comptappart.console;

import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Stops the start where a handler of the console doesn't say who may reach it. */
@Component
class RolesDeclared implements SmartInitializingSingleton {

    private final RequestMappingHandlerMapping handlers;

    RolesDeclared(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        this.handlers = handlers;
    }

    /** Every handler of the console with its address. */
    Map<RequestMappingInfo, HandlerMethod> all() {
        return handlers.getHandlerMethods().entrySet().stream()
                .filter(each -> RoleCheck.isOurs(each.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void afterSingletonsInstantiated() {
        check(all());
    }

    /**
     * @throws IllegalStateException that names the handlers that say nothing
     */
    static void check(Map<RequestMappingInfo, HandlerMethod> handlers) {
        String silent =
                handlers.values().stream()
                        .filter(each -> !RoleCheck.isOpen(each) && RoleCheck.needed(each) == null)
                        .map(HandlerMethod::toString)
                        .sorted()
                        .collect(Collectors.joining(", "));
        if (!silent.isEmpty()) {
            throw new IllegalStateException("say with @May or @Open who may reach " + silent);
        }
    }
}
