package com.comptappart.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A directory and a bucket keep the same promise. */
class ArchivesTest {

    @TempDir private static Path directory;
    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void a_bucket() throws IOException {
        server = S3Server.start();
        client =
                S3Client.builder()
                        .forcePathStyle(true)
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    static Stream<Archive> archives() {
        return Stream.of(
                new FileArchive(directory),
                new S3Archive(
                        client,
                        new S3Archive.Place(S3Server.BUCKET, "test/", Period.ZERO),
                        Clock.systemUTC()));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void an_object_is_written_once_and_read_as_it_was(Archive archive) {
        assertThat(archive.read("a/b/1.gz")).isEmpty();
        assertThat(archive.create("a/b/1.gz", bytes("first"))).isEmpty();
        assertThat(archive.create("a/b/1.gz", bytes("second"))).hasValue(bytes("first"));
        assertThat(archive.read("a/b/1.gz")).hasValue(bytes("first"));
    }

    /**
     * S3Mock looks and writes in two steps, unlike S3: of the two, only files can be raced here.
     */
    @org.junit.jupiter.api.Test
    void of_many_who_write_one_file_at_once_exactly_one_is_told_that_it_did() throws Exception {
        var archive = new FileArchive(directory);
        var start = new CountDownLatch(1);
        try (var writers = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> first =
                    IntStream.range(0, 8)
                            .mapToObj(i ->
                                    writers.submit(() -> {
                                        start.await();
                                        return archive.create("race/1", bytes("writer " + i))
                                                .isEmpty();
                                    }))
                            .toList();
            start.countDown();
            int winners = 0;
            for (var each : first) {
                winners += each.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("archives")
    void a_key_can_not_lead_elsewhere(Archive archive) {
        for (String key : List.of("../x", "a/../x", "/x", "a//b", "", "a b", "é")) {
            assertThatThrownBy(() -> archive.create(key, bytes("x")))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("archives")
    void large_objects_come_back_whole(Archive archive) {
        byte[] large = new byte[5 << 20];
        new java.util.Random(1).nextBytes(large);
        assertThat(archive.create("large", large)).isEmpty();
        assertThat(archive.read("large")).hasValue(large);
    }

    @org.junit.jupiter.api.Test
    void half_an_object_is_never_seen_under_its_name() throws IOException {
        new FileArchive(directory).create("whole/1", bytes("x"));
        try (var files = Files.list(directory.resolve("whole"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).containsExactly("1");
        }
    }

    @org.junit.jupiter.api.Test
    void a_bucket_that_is_not_there_is_an_outage_and_no_answer() {
        var nowhere =
                new S3Archive(
                        client, new S3Archive.Place("nowhere", "", Period.ZERO), Clock.systemUTC());
        assertThatThrownBy(() -> nowhere.create("a", bytes("x")))
                .isInstanceOf(ArchiveUnavailable.class)
                .hasMessageContaining("s3://nowhere/");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
