package com.comptappart.console;

import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.people.Invitations;
import com.comptappart.people.Person;
import com.comptappart.people.SignInLinks;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Lets in who holds an operator key, a passkey, the link of a mail or an invitation. The session
 * remembers the person's or the key's id, nothing that opens a door.
 */
@Component
class SignIn implements AuthenticationManager {

    private static final int LONGEST_KEY = 200;

    private final ApiKeys keys;
    private final SignInLinks links;
    private final Invitations invitations;
    private final Passkeys passkeys;
    private final FailedSignIns failures;

    SignIn(
            ApiKeys keys,
            SignInLinks links,
            Invitations invitations,
            Passkeys passkeys,
            FailedSignIns failures) {
        this.keys = keys;
        this.links = links;
        this.invitations = invitations;
        this.passkeys = passkeys;
        this.failures = failures;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var known = Attempt.of(attempt);
        var origin = known.origin();
        if (!failures.mayTry(origin.address())) {
            throw new SignInRefused(SignInRefused.Problem.TOO_MANY);
        }
        try {
            String id = holder(attempt, known);
            failures.forget(origin.address());
            return UsernamePasswordAuthenticationToken.authenticated(id, null, List.of());
        } catch (SignInRefused refused) {
            failures.note(origin.address());
            throw refused;
        }
    }

    /** The id of who holds what was given. */
    private String holder(Authentication attempt, Attempt known) {
        String key = String.valueOf(attempt.getCredentials()).strip();
        if (key.startsWith("{")) {
            return passkeys.holder(known.asked(), key)
                    .map(Person::id)
                    .orElseThrow(() -> new SignInRefused(SignInRefused.Problem.UNKNOWN_PASSKEY));
        }
        if (key.length() > LONGEST_KEY) {
            throw new SignInRefused(SignInRefused.Problem.UNKNOWN_KEY);
        }
        if (key.startsWith(SignInLinks.PREFIX + "_")) {
            return person(links.use(key));
        }
        if (key.startsWith(Invitations.PREFIX + "_")) {
            return person(invitations.accept(key, attempt.getName(), known.origin().language()));
        }
        var caller =
                keys.authenticate(key)
                        .orElseThrow(() -> new SignInRefused(SignInRefused.Problem.UNKNOWN_KEY));
        return switch (caller) {
            case Caller.Operator operator -> operator.keyId();
            case Caller.PartnerKey _ -> throw new SignInRefused(SignInRefused.Problem.PARTNER_KEY);
        };
    }

    private static String person(Optional<Person> found) {
        return found.map(Person::id)
                .orElseThrow(() -> new SignInRefused(SignInRefused.Problem.DEAD_LINK));
    }
}
