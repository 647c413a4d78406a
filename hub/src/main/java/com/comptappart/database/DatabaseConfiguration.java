package com.comptappart.database;

import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.SoleNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * PostgreSQL of our own where no {@code SPRING_DATASOURCE_URL} is set, the master key, and the
 * clock.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);

    /** As fine as PostgreSQL keeps times: what is answered first is what is read later. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    @Bean
    MasterKey masterKey(
            @Value("${comptappart.master-key:}") String configured,
            @Value("${comptappart.data-dir:./data}") Path dataDirectory)
            throws IOException {
        if (!configured.isBlank()) {
            return new MasterKey(configured);
        }
        Path kept = Files.createDirectories(dataDirectory).resolve("master.key");
        if (!Files.exists(kept)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Path fresh =
                    Files.createTempFile(
                            dataDirectory,
                            "master",
                            ".key",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, Base64.getEncoder().encodeToString(key));
            if (publish(fresh, kept)) {
                LOG.warn(
                        "COMPTAPPART_MASTER_KEY is not set: made one in {}; back it up, secrets can't be read without",
                        kept);
            }
        }
        return new MasterKey(Files.readString(kept));
    }

    /** Whole or not at all; false where another node that starts now was first with its own. */
    private static boolean publish(Path fresh, Path kept) throws IOException {
        try {
            Files.createLink(kept, fresh);
            return true;
        } catch (FileAlreadyExistsException other) {
            return false;
        } finally {
            Files.delete(fresh);
        }
    }

    /** Closed after everything that uses the database. */
    @Bean
    @Conditional(NoUrl.class)
    EmbeddedPostgres embeddedPostgres(@Value("${comptappart.data-dir:./data}") Path dataDirectory) {
        return EmbeddedPostgres.start(dataDirectory);
    }

    /** The data directory is locked: whoever used this database before is dead. */
    @Bean
    @Conditional(NoUrl.class)
    SoleNode soleNode(EmbeddedPostgres postgres) {
        return new SoleNode();
    }

    @Bean
    @Conditional(NoUrl.class)
    JdbcConnectionDetails connectionDetails(EmbeddedPostgres postgres) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return postgres.user();
            }

            @Override
            public String getPassword() {
                return postgres.password();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.url();
            }
        };
    }

    /** True where no database is configured. */
    static final class NoUrl implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("spring.datasource.url", "").isBlank();
        }
    }
}
