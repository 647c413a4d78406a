package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.People;
import com.comptappart.people.Person;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys of people. Each question to a browser is kept in its session and answered at most once.
 */
@Component
class Passkeys {

    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();
    private static final String ADDING = "comptappart.passkey.adding";
    private static final String ASKED = "comptappart.passkey.asked";
    private static final int MOST = 20;
    private static final int LONGEST_LABEL = 60;
    private static final int LONGEST_ANSWER = 20_000;

    /** A passkey as it is shown. */
    record Shown(String id, String label, String created, String used) {}

    private final WebAuthnRelyingPartyOperations operations;
    private final UserCredentialRepository rows;
    private final People people;

    Passkeys(
            WebAuthnRelyingPartyOperations operations,
            UserCredentialRepository rows,
            People people) {
        this.operations = operations;
        this.rows = rows;
        this.people = people;
    }

    List<Shown> of(String personId, Words words) {
        return rows.findByUserId(PersonEntities.handle(personId)).stream()
                .map(each -> shown(each, words))
                .toList();
    }

    /** What the browser needs to make a passkey, as JSON. */
    String askToAdd(Authentication signedIn, HttpSession session) {
        var options =
                operations.createPublicKeyCredentialCreationOptions(
                        new ImmutablePublicKeyCredentialCreationOptionsRequest(signedIn));
        session.setAttribute(ADDING, options);
        return JSON.writeValueAsString(options);
    }

    /**
     * @throws Refused when it answers nothing that was asked
     */
    void add(String personId, HttpSession session, String answer, String label) {
        var asked = (PublicKeyCredentialCreationOptions) session.getAttribute(ADDING);
        session.removeAttribute(ADDING);
        String name = label.replaceAll("\\p{Cntrl}+", " ").strip();
        if (asked == null
                || answer.length() > LONGEST_ANSWER
                || !PersonEntities.personId(asked.getUser().getId()).equals(personId)) {
            throw refused();
        }
        if (rows.findByUserId(asked.getUser().getId()).size() >= MOST) {
            throw Refused.conflict("too_many_passkeys", "20 passkeys at most: remove one first");
        }
        try {
            PublicKeyCredential<AuthenticatorAttestationResponse> made =
                    JSON.readValue(answer, new TypeReference<>() {});
            operations.registerCredential(
                    new ImmutableRelyingPartyRegistrationRequest(
                            asked,
                            new RelyingPartyPublicKey(
                                    made,
                                    name.isEmpty()
                                            ? "Passkey"
                                            : name.substring(
                                                    0, Math.min(LONGEST_LABEL, name.length())))));
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            // The library throws what its parts throw; whatever it is, the answer is no passkey.
            LOG.info("a passkey of {} was not taken: {}", personId, e.toString());
            throw refused();
        }
    }

    /**
     * @throws Refused when the person has no such passkey
     */
    void remove(String personId, String id) {
        var found =
                rows.findByUserId(PersonEntities.handle(personId)).stream()
                        .filter(each -> each.getCredentialId().toBase64UrlString().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                Refused.notFound("passkey_not_found", "there is no such passkey"));
        rows.delete(found.getCredentialId());
    }

    /** What the browser needs to choose a passkey to come in with, as JSON. */
    String askToComeIn(HttpSession session) {
        var options =
                operations.createCredentialRequestOptions(
                        new ImmutablePublicKeyCredentialRequestOptionsRequest(null));
        session.setAttribute(ASKED, options);
        return JSON.writeValueAsString(options);
    }

    /** What the session asked last, once. */
    static @Nullable PublicKeyCredentialRequestOptions takeAsked(@Nullable HttpSession session) {
        if (session == null) {
            return null;
        }
        var asked = (PublicKeyCredentialRequestOptions) session.getAttribute(ASKED);
        session.removeAttribute(ASKED);
        return asked;
    }

    /** Whose passkey answered what was asked. */
    Optional<Person> holder(@Nullable PublicKeyCredentialRequestOptions asked, String answer) {
        if (asked == null || answer.length() > LONGEST_ANSWER) {
            return Optional.empty();
        }
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> shown =
                    JSON.readValue(answer, new TypeReference<>() {});
            var entity =
                    operations.authenticate(new RelyingPartyAuthenticationRequest(asked, shown));
            return people.find(PersonEntities.personId(entity.getId())).filter(Person::mayComeIn);
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.info("a passkey was not taken: {}", e.toString());
            return Optional.empty();
        }
    }

    private static Refused refused() {
        return Refused.invalid(
                "passkey_refused", "the browser's answer is no passkey of this page: try again");
    }

    private static Shown shown(CredentialRecord record, Words words) {
        return new Shown(
                record.getCredentialId().toBase64UrlString(),
                record.getLabel(),
                time(record.getCreated(), words),
                time(record.getLastUsed(), words));
    }

    private static String time(@Nullable Instant instant, Words words) {
        return instant == null ? "–" : words.time(instant);
    }
}
