package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The registry of codes, the code that answers them, and the page that explains them. */
class ProblemCodesTest {

    private static final Path SOURCES = Path.of("src/main/java/com/comptappart");
    private static final Path PAGE = Path.of("../docs/erreurs.md");

    /** Where a code is written down: the words of a refusal, or of a problem. */
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "(?:Refused\\s*\\.\\s*(?:invalid|notFound|conflict|gone|forbidden)\\(|Problem\\s*\\.\\s*of\\([^,()]+,|[^.\\w]bad\\()"
                            + "\\s*\"([a-z_0-9]+)\"");

    /** Answered by the console's pages alone, and by what only they call. */
    private static final Set<String> OF_PAGES =
            Set.of(
                    "certification_running",
                    "contract_ended",
                    "declaration_not_open",
                    "endpoint_not_of_test",
                    "event_not_found",
                    "event_type_unknown",
                    "link_unknown",
                    "mail_lets_in",
                    "page_not_found",
                    "production_locked",
                    "refunded_meanwhile",
                    "subscription_ended",
                    "too_many_lines");

    /** Put together where they are answered. */
    private static final Set<String> PUT_TOGETHER =
            Set.of(
                    "success_url_invalid",
                    "cancel_url_invalid",
                    "return_url_invalid",
                    "path_unknown",
                    "method_not_allowed",
                    "not_acceptable",
                    "request_invalid");

    @Test
    void every_code_that_is_written_in_the_source_is_in_the_registry_and_no_other() {
        var written = new TreeSet<>(PUT_TOGETHER);
        try (var files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("console")))
                    .filter(file -> !file.startsWith(SOURCES.resolve("people")))
                    .forEach(file -> written.addAll(codes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written.removeAll(OF_PAGES);
        assertThat(ProblemCode.ALL)
                .extracting(ProblemCode::code)
                .containsExactlyInAnyOrderElementsOf(written);
    }

    private static Set<String> codes(Path file) {
        try {
            return WRITTEN.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_page_explains_every_code_as_the_registry_does() throws IOException {
        String table =
                ProblemCode.ALL.stream()
                        .map(each ->
                                "| `%s` | %d | %s | %s |\n"
                                        .formatted(
                                                each.code(),
                                                each.status(),
                                                each.french(),
                                                each.english()))
                        .collect(Collectors.joining());
        assertThat(Files.readString(PAGE)).contains(table);
    }
}
