package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.testing.DatabaseForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The mail module and the queue alone, with a real database, as one node runs them. */
final class MailModuleForTests implements AutoCloseable {

    static final PartnerId PARTNER = new PartnerId("part_1");

    /** Attachments by reference; one that is not put there is not there yet. */
    final Map<String, Attachments.Attachment> files = new ConcurrentHashMap<>();

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final String database;
    private volatile Duration ahead = Duration.ZERO;
    private @Nullable ConfigurableApplicationContext context;

    MailModuleForTests() {
        this(DatabaseForTests.create());
    }

    MailModuleForTests(String database) {
        this.database = database;
        with("spring.datasource.url", database);
        with("spring.datasource.username", DatabaseForTests.user());
        with("spring.datasource.password", DatabaseForTests.password());
        with("spring.datasource.hikari.maximum-pool-size", "10");
        with("logging.level.root", "WARN");
        with("comptappart.mail.from", "Comptàppart <facture@comptappart.example>");
    }

    MailModuleForTests with(String property, String value) {
        settings.put(property, value);
        return this;
    }

    MailModuleForTests withServer(int port) {
        return with("spring.mail.host", "127.0.0.1")
                .with("spring.mail.port", Integer.toString(port));
    }

    MailModuleForTests start() {
        var application = new SpringApplication(Module.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            var beans = context.getBeanFactory();
            beans.registerSingleton("clock", clock());
            beans.registerSingleton(
                    "masterKey", new MasterKey("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
            beans.registerSingleton("files", (Attachments) this::load);
        });
        context =
                application.run(
                        settings.entrySet().stream()
                                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                                .toArray(String[]::new));
        return this;
    }

    private Map<String, Attachments.Attachment> load(java.util.Collection<String> references) {
        var found = new LinkedHashMap<String, Attachments.Attachment>();
        references.forEach(each -> {
            if (files.containsKey(each)) {
                found.put(each, files.get(each));
            }
        });
        return found;
    }

    String database() {
        return database;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Mails mails() {
        return bean(Mails.class);
    }

    /** Lets this node's clock run so much ahead. */
    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    Clock clock() {
        return new Ahead();
    }

    void owe(OutgoingMail... mails) {
        new TransactionTemplate(bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> mails().owe(List.of(mails)));
    }

    Mails.Mail only(String key) {
        return mails().list(PARTNER, null, null, new PageRequest(100, null)).data().stream()
                .filter(mail -> mail.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    static OutgoingMail mail(Environment environment, String key, @Nullable String recipient) {
        return new OutgoingMail(
                PARTNER,
                environment,
                new OrderId(156),
                key,
                recipient,
                "Votre facture " + key,
                "Bonjour Zoé,\nvoici votre facture.\n.\nÀ bientôt",
                "<p>Bonjour Zoé,</p><p>voici votre facture.</p>",
                null);
    }

    static OutgoingMail withAttachment(OutgoingMail mail, String reference) {
        return new OutgoingMail(
                mail.partner(),
                mail.environment(),
                mail.order(),
                mail.key(),
                mail.recipient(),
                mail.subject(),
                mail.text(),
                mail.html(),
                reference);
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    void stop() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private final class Ahead extends Clock {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /** Not annotated as a configuration: the hub under test must not find it. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        MailSenderAutoConfiguration.class
    })
    @EnableConfigurationProperties(MailSettings.class)
    @ComponentScan({"com.comptappart.mail", "com.comptappart.queue"})
    static class Module {}
}
