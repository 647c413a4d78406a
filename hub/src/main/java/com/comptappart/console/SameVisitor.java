package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Asks who is signed in to show it again, before a secret is shown: a session that was left open on
 * a desk must not be enough.
 */
@Component
class SameVisitor {

    private static final int LONGEST_KEY = 200;

    private final ApiKeys keys;
    private final FailedSignIns failures;

    SameVisitor(ApiKeys keys, FailedSignIns failures) {
        this.keys = keys;
        this.failures = failures;
    }

    /**
     * @throws Refused when the key is not the one that the session began with
     */
    void check(Principal signedIn, String key, HttpServletRequest request) {
        String address = String.valueOf(request.getRemoteAddr());
        if (!failures.mayTry(address)) {
            throw Refused.forbidden("too-many", "too many keys were refused; wait a minute");
        }
        var holder =
                key.length() > LONGEST_KEY
                        ? Optional.<Caller>empty()
                        : keys.authenticate(key.strip());
        if (holder.filter(caller -> caller.keyId().equals(signedIn.getName())).isEmpty()) {
            failures.note(address);
            throw Refused.forbidden("other-key", "this is not the key of this session");
        }
        failures.forget(address);
    }
}
