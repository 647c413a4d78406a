package com.comptappart.api;

import com.comptappart.partner.Caller;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;

/** The caller, as Spring Security carries it through a request. */
final class CallerToken extends AbstractAuthenticationToken {

    private final transient Caller caller;

    CallerToken(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    /**
     * @throws IllegalStateException when nobody was found by a key
     */
    static Caller caller(SecurityContext context) {
        if (context.getAuthentication() instanceof CallerToken token) {
            return token.caller();
        }
        throw new IllegalStateException("a call that needs a caller went past the key check");
    }

    Caller caller() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return caller.keyId();
    }
}
