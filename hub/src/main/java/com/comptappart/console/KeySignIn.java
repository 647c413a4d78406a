package com.comptappart.console;

import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Lets in who holds an operator key. The session remembers the key's id, never the key. */
@Component
class KeySignIn implements AuthenticationManager {

    private static final int LONGEST_KEY = 200;

    private final ApiKeys keys;
    private final FailedSignIns failures;

    KeySignIn(ApiKeys keys, FailedSignIns failures) {
        this.keys = keys;
        this.failures = failures;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String address = address(attempt);
        if (!failures.mayTry(address)) {
            throw new SignInRefused(SignInRefused.Problem.TOO_MANY);
        }
        String key = String.valueOf(attempt.getCredentials()).strip();
        var caller =
                (key.length() > LONGEST_KEY
                                ? java.util.Optional.<Caller>empty()
                                : keys.authenticate(key))
                        .orElseThrow(() -> failed(address, SignInRefused.Problem.UNKNOWN_KEY));
        return switch (caller) {
            case Caller.Operator operator -> {
                failures.forget(address);
                yield signedIn(operator, attempt);
            }
            case Caller.PartnerKey _ -> throw failed(address, SignInRefused.Problem.PARTNER_KEY);
        };
    }

    private SignInRefused failed(String address, SignInRefused.Problem problem) {
        failures.note(address);
        return new SignInRefused(problem);
    }

    private static Authentication signedIn(Caller.Operator operator, Authentication attempt) {
        var token =
                UsernamePasswordAuthenticationToken.authenticated(
                        operator.keyId(), null, AuthorityUtils.createAuthorityList("OPERATOR"));
        token.setDetails(attempt.getDetails());
        return token;
    }

    private static String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }
}
