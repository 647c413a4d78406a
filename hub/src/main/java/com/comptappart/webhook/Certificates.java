package com.comptappart.webhook;

import com.comptappart.kernel.Refused;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks a partner's server for its certificate, with the checks of addresses that calls have. */
@Component
class Certificates {

    /** Resolving, connecting and TLS together. */
    private static final int LIMIT_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final Addresses addresses;
    private final PartnerTrust trust;
    private final ScheduledExecutorService timers =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("certificate-timer").factory());

    Certificates(Addresses addresses, PartnerTrust trust) {
        this.addresses = addresses;
        this.trust = trust;
    }

    /** When it ends; empty where there is no answer or none that is trusted: calls tell of that. */
    Optional<Instant> end(String url) {
        try (var socket = new Socket();
                var deadline = new Deadline(timers, LIMIT_MILLIS, () -> closed(socket))) {
            return Optional.of(end(EndpointUrl.parse(url), socket));
        } catch (IOException | Refused | InterruptedException e) {
            LOG.info(
                    "the certificate of {} could not be seen; again in a day: {}",
                    url,
                    e.toString());
            return Optional.empty();
        }
    }

    private Instant end(EndpointUrl url, Socket socket) throws IOException, InterruptedException {
        var admitted = addresses.admitted(url.host(), url.reach());
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(admitted[0], url.port()), LIMIT_MILLIS);
        var tls =
                (SSLSocket)
                        trust.context()
                                .getSocketFactory()
                                .createSocket(socket, url.host(), url.port(), true);
        try (tls) {
            tls.startHandshake();
            var certificate = tls.getSession().getPeerCertificates()[0];
            if (certificate instanceof X509Certificate known) {
                return known.getNotAfter().toInstant();
            }
            throw new IOException("no X.509 certificate");
        }
    }

    private static boolean closed(Socket socket) {
        try {
            socket.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @PreDestroy
    void stop() {
        timers.shutdownNow();
    }
}
