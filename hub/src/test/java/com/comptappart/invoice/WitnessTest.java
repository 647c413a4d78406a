package com.comptappart.invoice;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.DatabaseForTests;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Purchases;
import com.comptappart.testing.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No number is given to two documents, even by a database that went back in time. */
class WitnessTest {

    @TempDir private Path data;
    private HubForTests hub;

    @BeforeEach
    void a_hub_whose_archive_is_its_own() {
        hub = hub(DatabaseForTests.create());
    }

    private HubForTests hub(String database) {
        return new HubForTests()
                .withProduction()
                .with("spring.datasource.url", database)
                .with("comptappart.data-dir", data.toString());
    }

    @Test
    void a_process_that_died_between_claim_and_commit_leaves_the_very_document()
            throws IOException {
        try (var running = hub.start()) {
            running.jdbc()
                    .sql(
                            """
                            create function dies() returns trigger language plpgsql as $$
                            begin raise exception 'killed before the commit'; end $$
                            """)
                    .update();
            running.jdbc()
                    .sql(
                            "create trigger dies before insert on archive_batch for each row execute function dies()")
                    .update();
            buy(running, "a");
            var claimed = eventually(this::objects, 1).getFirst();
            byte[] object = Files.readAllBytes(claimed);
            assertThat(documents(running)).isEmpty();

            running.jdbc().sql("drop trigger dies on archive_batch").update();
            eventually(() -> documents(running), 1);

            assertThat(objects()).containsExactly(claimed);
            assertThat(Files.readAllBytes(claimed)).isEqualTo(object);
            assertThat(running.bean(Ledger.class).verify().firstBreak()).isEmpty();
        }
    }

    @Test
    void a_restored_backup_gives_the_same_documents_again_or_none() {
        String original = DatabaseForTests.create();
        hub = hub(original);
        hub.start();
        buy(hub, "a");
        eventually(() -> documents(hub), 1);
        hub.stop();
        String same = DatabaseForTests.copy(original);
        String other = DatabaseForTests.copy(original);

        hub.start();
        String later = buy(hub, "b");
        var issued = eventually(() -> documents(hub), 2);
        hub.close();

        try (var restored = hub(same).start()) {
            send(restored, later);
            assertThat(eventually(() -> documents(restored), 2)).isEqualTo(issued);
            assertThat(restored.bean(Ledger.class).verify().firstBreak()).isEmpty();
            buy(restored, "d");
            assertThat(eventually(() -> documents(restored), 3))
                    .startsWith(issued.toArray(String[]::new));
        }
        try (var restored = hub(other).start()) {
            buy(restored, "c");
            eventually(
                    () -> reasons(restored),
                    reasons ->
                            reasons.stream()
                                    .anyMatch(each -> each.contains("Restore a newer backup")));
            assertThat(documents(restored)).hasSize(1);
            assertThat(restored.jdbc().sql("select count(*) from mail").query(Long.class).single())
                    .isEqualTo(1);
        }
    }

    @Test
    void documents_wait_while_the_archive_is_away() throws IOException {
        try (var running = hub.start()) {
            Path documents = data.resolve("documents");
            Files.writeString(documents, "a file where the directory should be");
            buy(running, "a");
            eventually(
                    () -> reasons(running),
                    reasons -> reasons.stream().anyMatch(each -> each.contains("the archive")));
            assertThat(documents(running)).isEmpty();

            Files.delete(documents);
            eventually(() -> documents(running), 1);
        }
    }

    @Test
    void verify_finds_what_was_changed_or_lost_in_the_archive() throws IOException {
        try (var running = hub.start()) {
            buy(running, "a");
            eventually(() -> documents(running), 1);
            var ledger = running.bean(Ledger.class);
            Path object = objects().getFirst();
            byte[] whole = Files.readAllBytes(object);
            for (int i = 0; i < whole.length; i += 97) {
                byte[] changed = whole.clone();
                changed[i] ^= 1;
                Files.write(object, changed);
                assertThat(ledger.verify().firstBreak())
                        .hasValueSatisfying(
                                text -> assertThat(text).contains("not what was put there"));
            }
            Files.delete(object);
            assertThat(ledger.verify().firstBreak())
                    .hasValueSatisfying(text -> assertThat(text).contains("has lost"));
            Files.write(object, whole);
            assertThat(ledger.verify().firstBreak()).isEmpty();
        }
    }

    @Test
    void documents_from_before_there_was_an_archive_are_brought_into_it() throws IOException {
        hub.start();
        for (int i = 0; i < 5; i++) {
            buy(hub, "n" + i);
        }
        eventually(() -> documents(hub), 5);
        hub.jdbc().sql("alter table archive_batch disable trigger user").update();
        hub.jdbc().sql("delete from archive_batch").update();
        hub.jdbc().sql("alter table archive_batch enable trigger user").update();
        hub.stop();
        for (Path object : objects()) {
            Files.delete(object);
        }
        try (var running = hub.start()) {
            eventually(
                    () ->
                            running.jdbc()
                                    .sql(
                                            "select coalesce(sum(last_seq - first_seq + 1), 0) from archive_batch")
                                    .query(Long.class)
                                    .single(),
                    covered -> covered == 5);
            assertThat(running.bean(Ledger.class).verify().firstBreak()).isEmpty();
        }
    }

    @Test
    void a_bucket_is_an_archive_too() throws IOException {
        try (var bucket = S3Server.start();
                var running =
                        hub.with("comptappart.storage", "s3://" + S3Server.BUCKET + "/hub")
                                .with("comptappart.storage-path-style", "true")
                                .start()) {
            buy(running, "a");
            eventually(() -> documents(running), 1);
            assertThat(running.bean(Ledger.class).verify().firstBreak()).isEmpty();
            String key =
                    running.jdbc()
                            .sql("select object_key from archive_batch")
                            .query(String.class)
                            .single();
            assertThat(bucket.object("GET", "hub/" + key).statusCode()).isEqualTo(200);

            bucket.object("DELETE", "hub/" + key);
            assertThat(running.bean(Ledger.class).verify().firstBreak())
                    .hasValueSatisfying(text -> assertThat(text).contains("has lost"));
        }
    }

    private static String buy(HubForTests hub, String id) {
        String event = Purchases.event(id, "", true);
        send(hub, event);
        return event;
    }

    private static void send(HubForTests hub, String event) {
        assertThat(
                        hub.stripeEvent(event, HubForTests.LIVE_STRIPE_SECRET, Instant.now())
                                .statusCode())
                .isEqualTo(200);
    }

    /** Number, buyer and PDF of each document. */
    private static List<String> documents(HubForTests hub) {
        return hub.jdbc()
                .sql(
                        "select number || ' ' || encode(pdf_sha256, 'hex') from invoice order by number")
                .query(String.class)
                .list();
    }

    private static List<String> reasons(HubForTests hub) {
        return hub.jdbc().sql("select reason from invoice_request").query(String.class).list();
    }

    /** The files of documents in the archive. */
    private List<Path> objects() {
        Path documents = data.resolve("documents");
        if (!Files.isDirectory(documents)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(documents)) {
            return files.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
        } catch (UncheckedIOException e) {
            // A file got its name while they were listed: they are looked at again.
            return List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
