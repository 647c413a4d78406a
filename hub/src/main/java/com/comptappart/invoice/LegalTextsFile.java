package com.comptappart.invoice;

import com.comptappart.invoice.LegalTexts.Entry;
import com.comptappart.kernel.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts of law that the seller adds from a day on, {@code COMPTAPPART_LEGALTEXTS_FILE}: what a new
 * article says needs no new version of the hub.
 */
@Configuration(proxyBeanMethods = false)
class LegalTextsFile {

    private static final String VARIABLE = "COMPTAPPART_LEGALTEXTS_FILE";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** As many texts as there may be, and bytes of the file. */
    private static final int MOST_TEXTS = 1_000;

    private static final long MOST_BYTES = 1_000_000;
    private static final int LONGEST = 500;

    @Bean
    LegalTexts legalTexts(@Value("${comptappart.legal-texts.file:}") String file) {
        return file.isBlank() ? LegalTexts.builtIn() : read(Path.of(file.strip()));
    }

    static LegalTexts read(Path file) {
        var known = LegalTexts.builtIn();
        var texts = array(file);
        var added = new ArrayList<Entry>();
        for (int i = 0; i < texts.size(); i++) {
            added.add(entry(known, texts.get(i), VARIABLE + ", text " + (i + 1) + ": "));
        }
        for (int i = 1; i < added.size(); i++) {
            var entry = added.get(i);
            boolean twice =
                    added.subList(0, i).stream()
                            .anyMatch(each ->
                                    each.key().equals(entry.key())
                                            && each.from().equals(entry.from()));
            if (twice) {
                throw new Misconfigured(
                        VARIABLE
                                + ", text "
                                + (i + 1)
                                + ": '"
                                + entry.key()
                                + "' has another text from "
                                + entry.from()
                                + " on, take one of them out");
            }
        }
        return known.with(added);
    }

    private static JsonNode array(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Misconfigured(VARIABLE + " names a file of more than 1 MB: " + file);
            }
            var texts = JSON.readTree(Files.readAllBytes(file));
            if (!texts.isArray() || texts.size() > MOST_TEXTS) {
                throw new Misconfigured(
                        VARIABLE
                                + ": "
                                + file
                                + " must hold a JSON array of texts, as docs/factures.md shows");
            }
            return texts;
        } catch (IOException e) {
            throw new Misconfigured(
                    VARIABLE + " names a file that can't be read: " + file + "; name one, or none");
        } catch (JacksonException e) {
            throw new Misconfigured(
                    VARIABLE + ": " + file + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static Entry entry(LegalTexts known, JsonNode node, String where) {
        String key = node.path("key").asString("").strip();
        String text = node.path("text").asString("").strip();
        if (!key.matches("[A-Z0-9-]{2,50}")) {
            throw new Misconfigured(where + "its 'key' says what it is about, as VATEX-EU-G");
        }
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ')) {
            throw new Misconfigured(where + "its 'text' is one line of 500 characters at most");
        }
        String code = node.path("code").asString(known.code(key)).strip();
        if (!code.isEmpty() && !code.matches("VATEX-[A-Z0-9-]{2,40}")) {
            throw new Misconfigured(where + "its 'code' is a VATEX code or left out, not " + code);
        }
        var from = date(node, "valid_from", where);
        var to = date(node, "valid_to", where);
        if (from == null) {
            throw new Misconfigured(
                    where + "'valid_from' is missing: its first day, as 2027-01-01");
        }
        if (to != null && to.isBefore(from)) {
            throw new Misconfigured(where + "'valid_to' is before 'valid_from'");
        }
        return new Entry(key, code, text, from, to);
    }

    private static @Nullable LocalDate date(JsonNode node, String field, String where) {
        String value = node.path(field).asString("");
        try {
            return value.isEmpty() ? null : LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw new Misconfigured(where + "'" + field + "' is a day as 2027-01-01, not " + value);
        }
    }
}
