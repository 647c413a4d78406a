package com.comptappart.archive;

import com.comptappart.kernel.Misconfigured;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code COMPTAPPART_STORAGE}: files in the data directory, or {@code s3://bucket/prefix}. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    private static final String S3 = "s3://";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Bean
    @Conditional(InS3.class)
    S3Client s3Client(@Value("${comptappart.storage-path-style:false}") boolean pathStyle) {
        return S3Client.builder()
                .forcePathStyle(pathStyle)
                .httpClient(
                        UrlConnectionHttpClient.builder()
                                .connectionTimeout(TIMEOUT)
                                .socketTimeout(TIMEOUT)
                                .build())
                .build();
    }

    @Bean
    @Conditional(InS3.class)
    Archive s3Archive(
            S3Client s3,
            Clock clock,
            @Value("${comptappart.storage}") String storage,
            @Value("${comptappart.storage-lock:P0D}") String lock) {
        var place = URI.create(storage.strip());
        String path = place.getPath() == null ? "" : place.getPath().replaceAll("^/+|/+$", "");
        return new S3Archive(
                s3,
                new S3Archive.Place(
                        place.getAuthority(), path.isEmpty() ? "" : path + "/", period(lock)),
                clock);
    }

    @Bean
    @Conditional(InFiles.class)
    Archive fileArchive(
            @Value("${comptappart.storage:}") String storage,
            @Value("${comptappart.data-dir:./data}") Path dataDirectory) {
        String given = storage.strip();
        if (given.isEmpty()) {
            return new FileArchive(dataDirectory.resolve("documents"));
        }
        if (given.contains("://")) {
            throw new Misconfigured(
                    "COMPTAPPART_STORAGE is a directory or s3://bucket/prefix, not " + given);
        }
        return new FileArchive(Path.of(given));
    }

    private static Period period(String lock) {
        try {
            return Period.parse(lock.strip());
        } catch (DateTimeParseException e) {
            throw new Misconfigured(
                    "COMPTAPPART_STORAGELOCK is a period as P10Y (ten years), not " + lock);
        }
    }

    private static boolean isS3(ConditionContext context) {
        return context.getEnvironment()
                .getProperty("comptappart.storage", "")
                .strip()
                .startsWith(S3);
    }

    /** True for {@code s3://…}. */
    static final class InS3 implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isS3(context);
        }
    }

    /** True for everything else. */
    static final class InFiles implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !isS3(context);
        }
    }
}
