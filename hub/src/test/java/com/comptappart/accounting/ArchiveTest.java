package com.comptappart.accounting;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.invoice.Ledger;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Purchases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A year's archive is checked with what its notice says, and {@code java.security}. */
class ArchiveTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NOTHING_BEFORE = "0".repeat(64);

    @TempDir private Path data;

    @Test
    void
            check_9_originals_are_chained_closed_and_archived_without_tests_and_half_an_archive_is_never_whole()
                    throws Exception {
        try (var books = new BooksForTests(data)) {
            assertThat(books.hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
            var test =
                    books.hub.stripeEvent(
                            Purchases.event("test", "nobody", false),
                            HubForTests.STRIPE_SECRET,
                            books.clock.instant());
            assertThat(test.statusCode()).isEqualTo(200);
            eventually(() -> books.numbers("invoice"), 8);
            books.hub.stop();
            books.clock.moveTo("2027-01-02T10:00:00Z");
            books.hub.start();
            eventually(
                    () -> books.hub.jdbc().sql("select seq from closing").query(Long.class).list(),
                    5);
            var files = unzipped(books.export("/v1/exports/archive?year=2026"));

            assertThat(text(files, "LISEZMOI.txt"))
                    .contains(
                            "ComptAppart (SIREN 123456782)",
                            "2026-01-01 au 2026-12-31",
                            "entry_hash")
                    .doesNotContain("{{");
            checkManifest(files);
            checkLedger(files);
            checkClosings(files);
            checkJournal(files);

            spoil(books);
            assertThat(isWhole(books, "/v1/exports/archive?year=2026")).isFalse();
        }
    }

    /** False where the answer is an error, or breaks off. */
    private static boolean isWhole(BooksForTests books, String path) {
        try {
            return books.get(path).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void checkManifest(Map<String, byte[]> files) {
        var listed = lines(files, "MANIFEST");
        for (String line : listed) {
            assertThat(sha256(files.get(line.substring(66)))).isEqualTo(line.substring(0, 64));
        }
        assertThat(listed.stream().map(line -> line.substring(66)))
                .containsExactlyElementsOf(
                        files.keySet().stream().filter(name -> !name.equals("MANIFEST")).toList());
        assertThat(files.keySet()).filteredOn(name -> name.startsWith("documents/")).hasSize(10);
    }

    private static void checkLedger(Map<String, byte[]> files) {
        var entries = lines(files, "ledger.csv");
        var contents = lines(files, "contents.jsonl");
        assertThat(entries.getFirst()).startsWith("version|seller|");
        Map<String, String> last = new HashMap<>();
        for (int i = 1; i < entries.size(); i++) {
            String line = entries.get(i);
            var fields = Arrays.asList(line.split("\\|", -1));
            assertThat(fields).hasSize(17);
            assertThat(sha256(line.substring(0, line.lastIndexOf('|')))).isEqualTo(fields.get(16));
            assertThat(sha256(files.get("documents/" + fields.get(6) + ".pdf")))
                    .isEqualTo(fields.get(13));
            assertThat(sha256(contents.get(i - 1))).isEqualTo(fields.get(14));
            assertThat(fields.get(15)).isEqualTo(last.getOrDefault(fields.get(3), NOTHING_BEFORE));
            last.put(fields.get(3), fields.get(16));
        }
        assertThat(entries).hasSize(11);
        assertThat(contents).hasSize(10);
    }

    private static void checkClosings(Map<String, byte[]> files) throws GeneralSecurityException {
        String last = NOTHING_BEFORE;
        var closings = lines(files, "closings.jsonl");
        for (String line : closings) {
            var closing = JSON.readTree(line);
            assertThat(closing.path("previous").asString()).isEqualTo(last);
            last =
                    sha256(
                            "v1|"
                                    + fields(
                                            closing,
                                            "seller",
                                            "environment",
                                            "sequence",
                                            "period",
                                            "first_day",
                                            "last_day",
                                            "content",
                                            "previous"));
            assertThat(closing.path("hash").asString()).isEqualTo(last);
            byte[] key = Base64.getDecoder().decode(closing.path("public_key").asString());
            assertThat(sha256(key)).startsWith(closing.path("key_id").asString());
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            signature.update(("comptappart/closing/" + last).getBytes(StandardCharsets.US_ASCII));
            assertThat(
                            signature.verify(
                                    Base64.getDecoder()
                                            .decode(closing.path("signature").asString())))
                    .isTrue();
        }
        assertThat(closings.stream().map(line -> JSON.readTree(line).path("period").asString()))
                .containsExactly("day", "day", "month", "year");
    }

    private static void checkJournal(Map<String, byte[]> files) {
        String last = NOTHING_BEFORE;
        for (String line : lines(files, "journal.jsonl")) {
            var entry = JSON.readTree(line);
            last = sha256("v1|" + fields(entry, "sequence", "at", "kind", "detail") + "|" + last);
            assertThat(entry.path("hash").asString()).isEqualTo(last);
        }
        assertThat(lines(files, "journal.jsonl").getLast()).contains("\"archive\"", "2026-01-01");
    }

    /** Makes the last document unreadable, as a broken disk does. */
    private static void spoil(BooksForTests books) {
        books.hub
                .jdbc()
                .sql(
                        """
                        do $do$ begin
                            set local session_replication_role = replica;
                            update invoice set pdf_tail = '\\x00' where kind = 'invoice' and seq = 7;
                        end $do$
                        """)
                .update();
    }

    private static String fields(JsonNode node, String... names) {
        return String.join(
                "|", Arrays.stream(names).map(name -> node.path(name).asString()).toList());
    }

    private static Map<String, byte[]> unzipped(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private static List<String> lines(Map<String, byte[]> files, String name) {
        return Arrays.asList(text(files, name).split("\n"));
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
