package com.comptappart.api;

import com.comptappart.partner.Caller;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** The caller, as Spring Security carries it through a request. */
final class CallerToken extends AbstractAuthenticationToken {

    private final transient Caller caller;

    CallerToken(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
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
