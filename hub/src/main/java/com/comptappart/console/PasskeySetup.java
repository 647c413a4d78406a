package com.comptappart.console;

import com.comptappart.kernel.Misconfigured;
import java.net.URI;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.management.JdbcUserCredentialRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;

/**
 * Spring Security's passkeys, for the host of the public address. The passkey is all that one needs
 * to come in: it must be one that knows its owner, by finger, face or code.
 */
@Configuration(proxyBeanMethods = false)
class PasskeySetup {

    @Bean
    UserCredentialRepository passkeyRows(JdbcOperations jdbc) {
        return new JdbcUserCredentialRepository(jdbc);
    }

    @Bean
    WebAuthnRelyingPartyOperations passkeyOperations(
            PersonEntities people,
            UserCredentialRepository passkeys,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        var url = URI.create(publicUrl.strip());
        if (url.getHost() == null) {
            throw new Misconfigured(
                    "COMPTAPPART_PUBLIC_URL must be an address with a host, such as https://hub.example, not '"
                            + publicUrl
                            + "'");
        }
        String origin =
                url.getScheme()
                        + "://"
                        + url.getHost()
                        + (url.getPort() == -1 ? "" : ":" + url.getPort());
        var operations =
                new Webauthn4JRelyingPartyOperations(
                        people,
                        passkeys,
                        PublicKeyCredentialRpEntity.builder()
                                .id(url.getHost())
                                .name("ComptAppart")
                                .build(),
                        Set.of(origin));
        operations.setCustomizeCreationOptions(options ->
                options.authenticatorSelection(
                        AuthenticatorSelectionCriteria.builder()
                                .residentKey(ResidentKeyRequirement.REQUIRED)
                                .userVerification(UserVerificationRequirement.REQUIRED)
                                .build()));
        operations.setCustomizeRequestOptions(
                options -> options.userVerification(UserVerificationRequirement.REQUIRED));
        return operations;
    }
}
