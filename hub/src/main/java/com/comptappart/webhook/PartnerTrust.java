package com.comptappart.webhook;

import com.comptappart.kernel.Misconfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whose certificates partners' servers may have: those of Java's own authorities, and of the
 * operator's ({@code COMPTAPPART_WEBHOOK_TRUSTEDCERTIFICATES}, a PEM file), for partners behind a
 * private one.
 */
@Component
class PartnerTrust {

    private final SSLContext context;

    PartnerTrust(WebhookProperties properties) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    factory(trusted(properties.trustedCertificates())).getTrustManagers(),
                    null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no usable TLS", e);
        }
    }

    SSLContext context() {
        return context;
    }

    private static KeyStore trusted(String pemFile) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate each : javasOwn()) {
            store.setCertificateEntry("java-" + number++, each);
        }
        for (Certificate each : given(pemFile)) {
            store.setCertificateEntry("given-" + number++, each);
        }
        return store;
    }

    private static List<X509Certificate> javasOwn() throws GeneralSecurityException {
        var own = new ArrayList<X509Certificate>();
        for (var manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                own.addAll(List.of(known.getAcceptedIssuers()));
            }
        }
        return own;
    }

    private static List<Certificate> given(String pemFile) {
        if (pemFile.isEmpty()) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(Path.of(pemFile))) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            return List.copyOf(found);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new Misconfigured(
                    "COMPTAPPART_WEBHOOK_TRUSTEDCERTIFICATES: "
                            + pemFile
                            + " is no readable PEM file of certificates: "
                            + e.getMessage());
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
