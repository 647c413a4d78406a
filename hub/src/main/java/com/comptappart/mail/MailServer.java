package com.comptappart.mail;

import com.comptappart.kernel.Reason;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * The mail server of {@code SPRING_MAIL_*} and the connections that are kept to it. While it can't
 * be reached, nobody asks again before a pause that grows to 30 s.
 */
@Component
class MailServer implements AutoCloseable {

    static final String NO_HOST = Reason.MAIL_NO_SERVER.text();

    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);
    private static final Duration KEEP_IDLE = Duration.ofSeconds(20);
    private static final int MAX_DOUBLINGS = 5;

    private final @Nullable JavaMailSenderImpl configuration;
    private final Session session;
    private final Deque<SmtpConnection> kept = new ConcurrentLinkedDeque<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong pausedUntilNanos = new AtomicLong(System.nanoTime());

    MailServer(ObjectProvider<JavaMailSenderImpl> configured) {
        var sender = configured.getIfAvailable();
        boolean hasHost = sender != null && sender.getHost() != null && !sender.getHost().isBlank();
        configuration = hasHost ? sender : null;
        session = Session.getInstance(properties(configuration));
        if (!hasHost) {
            LOG.warn("{}: mails wait until there is a mail server", NO_HOST);
        }
    }

    boolean isConfigured() {
        return configuration != null;
    }

    Session session() {
        return session;
    }

    /** Whether the server was out of reach a moment ago. */
    boolean isPausing() {
        return System.nanoTime() - pausedUntilNanos.get() < 0;
    }

    /** A connection that was kept, if any. */
    @Nullable SmtpConnection kept() {
        for (var each = kept.pollFirst(); each != null; each = kept.pollFirst()) {
            if (!each.isIdleFor(KEEP_IDLE)) {
                return each;
            }
            each.close();
        }
        return null;
    }

    void keep(SmtpConnection connection) {
        kept.addFirst(connection);
    }

    /** Ends the connections that nobody needed for a while. */
    void closeIdle() {
        kept.removeIf(each -> {
            boolean idle = each.isIdleFor(KEEP_IDLE);
            if (idle) {
                each.close();
            }
            return idle;
        });
    }

    /** A new connection, or why there is none. */
    Connecting connect() {
        var server = configuration;
        if (server == null) {
            throw new IllegalStateException(NO_HOST);
        }
        @Nullable SMTPTransport transport = null;
        try {
            transport = (SMTPTransport) session.getTransport();
            transport.connect(
                    server.getHost(),
                    server.getPort(),
                    orNull(server.getUsername()),
                    orNull(server.getPassword()));
            failures.set(0);
            return new Connected(new SmtpConnection(transport));
        } catch (MessagingException e) {
            int code = transport == null ? -1 : transport.getLastReturnCode();
            return new NotConnected(pauseAfter(SmtpAnswer.ofConnecting(e, code)));
        }
    }

    /** What trying to connect gave. */
    sealed interface Connecting {}

    record Connected(SmtpConnection connection) implements Connecting {}

    record NotConnected(SmtpAnswer answer) implements Connecting {}

    private SmtpAnswer pauseAfter(SmtpAnswer answer) {
        int doublings = Math.min(failures.getAndIncrement(), MAX_DOUBLINGS);
        var pause = Duration.ofSeconds(Math.min(30, 1L << doublings));
        pausedUntilNanos.set(System.nanoTime() + pause.toNanos());
        LOG.warn(
                "the mail server can't be used (SMTP code {}); next try in {}: {}",
                answer.code(),
                pause,
                answer.text());
        return answer;
    }

    @Override
    public void close() {
        for (var each = kept.pollFirst(); each != null; each = kept.pollFirst()) {
            each.close();
        }
    }

    private static Properties properties(@Nullable JavaMailSenderImpl configuration) {
        String protocol = configuration == null ? "smtp" : protocol(configuration);
        String prefix = "mail." + protocol + ".";
        var properties = new Properties();
        properties.put(prefix + "connectiontimeout", "10000");
        properties.put(prefix + "timeout", "30000");
        properties.put(prefix + "writetimeout", "30000");
        properties.put(prefix + "quitwait", "false");
        properties.put(prefix + "socketFactory", new PromptSockets());
        properties.put(prefix + "socketFactory.fallback", "false");
        if (configuration != null) {
            properties.putAll(configuration.getJavaMailProperties());
        }
        properties.put("mail.transport.protocol", protocol);
        return properties;
    }

    private static String protocol(JavaMailSenderImpl configuration) {
        return configuration.getProtocol() == null ? "smtp" : configuration.getProtocol();
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
