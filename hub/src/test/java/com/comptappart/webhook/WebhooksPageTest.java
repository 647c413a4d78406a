package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.Payloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/webhooks.md}, from which a partner writes a receiver, says what the hub does. */
class WebhooksPageTest {

    private static final Path ROOT = Path.of("..");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern SHOWN =
            Pattern.compile("<!-- (samples/\\S+) -->\\n```\\w+\\n(.*?)\\n```", Pattern.DOTALL);

    /** The halves of the page, and the words by which each tells what becomes of a call. */
    private enum Half {
        FRENCH("réponse", "reçue", "réessayée", "refusée", "désactivée"),
        ENGLISH("answer", "taken", "retried", "refused", "disabled");

        private final String answer;
        private final String delivered;
        private final String retried;
        private final String refused;
        private final String gone;

        Half(String answer, String delivered, String retried, String refused, String gone) {
            this.answer = answer;
            this.delivered = delivered;
            this.retried = retried;
            this.refused = refused;
            this.gone = gone;
        }

        String text() throws IOException {
            String page = page();
            int english = page.indexOf("\n# Receiving webhooks\n");
            assertThat(english).isPositive();
            return this == FRENCH ? page.substring(0, english) : page.substring(english);
        }

        /** The cells of the rows of the table whose header begins with that. */
        List<List<String>> table(String header) throws IOException {
            var rows =
                    text().lines()
                            .dropWhile(line -> !line.startsWith("| " + header + " |"))
                            .takeWhile(line -> line.startsWith("|"))
                            .skip(2)
                            .map(line -> List.of(line.substring(2).split(" \\| ?")))
                            .toList();
            assertThat(rows).as(header).isNotEmpty();
            return rows;
        }

        boolean says(List<String> row, Outcome outcome) {
            String word =
                    switch (outcome) {
                        case Outcome.Delivered _ -> delivered;
                        case Outcome.Retried _ -> retried;
                        case Outcome.Refused _ -> refused;
                        case Outcome.Gone _ -> gone;
                    };
            return row.get(1).startsWith("**" + word + "**");
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/webhooks.md"));
    }

    @ParameterizedTest
    @EnumSource
    void every_event_type_that_there_is_has_its_row(Half half) throws IOException {
        assertThat(half.table("`event_type`"))
                .extracting(row -> row.getFirst().replace("`", ""))
                .containsExactlyElementsOf(EventTypes.KNOWN);
        assertThat(half.text())
                .contains("| `event_types` | `" + String.join("`, `", EventTypes.DEFAULT) + "` |");
    }

    @Test
    void there_is_a_published_body_of_every_event_type() {
        assertThat(Payloads.eventTypes()).containsExactlyInAnyOrderElementsOf(EventTypes.KNOWN);
    }

    @Test
    void the_body_of_a_ping_is_the_published_sample_to_the_letter() {
        String event = "evt_ping_bdF5sYT5SNup0rNu3vFMZCx1";
        var asked = Instant.parse("2026-11-23T14:30:00.987Z");

        assertThat(EndpointNotifications.pingBody(event, asked)).isEqualTo(Payloads.sent("ping"));
    }

    @ParameterizedTest
    @EnumSource
    void every_field_of_every_published_body_is_told(Half half) throws IOException {
        var fields = new TreeSet<String>();
        for (String type : EventTypes.KNOWN) {
            addFields(fields, JSON.readTree(Payloads.published(type)));
        }
        assertThat(fields).hasSizeGreaterThan(40);
        String header = half == Half.FRENCH ? "champ | type" : "field | type";
        var told =
                half.table(header).stream()
                        .flatMap(row ->
                                Pattern.compile("`([^`]+)`").matcher(row.toString()).results())
                        .flatMap(code -> Pattern.compile("[\\[\\].]+").splitAsStream(code.group(1)))
                        .collect(Collectors.toSet());
        assertThat(told).containsAll(fields);
    }

    private static void addFields(Set<String> fields, JsonNode node) {
        for (var field : node.properties()) {
            fields.add(field.getKey());
            // Its keys are the partner's own.
            if (!field.getKey().equals("metadata")) {
                addFields(fields, field.getValue());
            }
        }
        if (node.isArray()) {
            node.forEach(each -> addFields(fields, each));
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_answer_is_said_to_do_what_it_does(Half half) throws IOException {
        var answers = half.table(half.answer);
        for (int status = 200; status < 600; status++) {
            var row = row(answers, status);
            var outcome = Outcome.of(answer(status, ""));
            assertThat(half.says(row, outcome)).as("%d: %s", status, row).isTrue();
        }
        var none = Outcome.of(answer(0, "the partner did not answer"));
        assertThat(answers.stream().filter(row -> !row.getFirst().matches(".*[0-9].*")))
                .singleElement()
                .satisfies(row -> assertThat(half.says(row, none)).isTrue());
    }

    /** The row that names the status, else the one that names its hundred. */
    private static List<String> row(List<List<String>> answers, int status) {
        for (String wanted : List.of(Integer.toString(status), status / 100 + "xx")) {
            var found =
                    answers.stream()
                            .filter(row -> List.of(row.getFirst().split("[ ,]+")).contains(wanted))
                            .toList();
            assertThat(found).as(wanted).hasSizeLessThan(2);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        throw new AssertionError("no row tells of " + status);
    }

    private static Answer answer(int status, String error) {
        return new Answer(Instant.EPOCH, status, error, null, Transcript.EMPTY, null);
    }

    @ParameterizedTest
    @EnumSource
    void the_delays_are_those_of_a_hub_that_was_told_no_others(Half half) throws IOException {
        var properties =
                new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("comptappart.webhook", WebhookProperties.class);
        var schedule = new RetrySchedule(properties, () -> 0.5);
        String delays =
                IntStream.range(1, schedule.attempts())
                        .mapToObj(step -> words(schedule.delay(step, null).orElseThrow()))
                        .collect(Collectors.joining(", "));
        assertThat(half.text())
                .contains(delays)
                .containsPattern("\\*\\* ?: " + schedule.attempts() + " ");
    }

    private static String words(Duration delay) {
        if (delay.toHours() > 0) {
            return delay.toHours() + " h";
        }
        return delay.toMinutes() > 0 ? delay.toMinutes() + " min" : delay.toSeconds() + " s";
    }

    @Test
    void the_code_that_is_shown_is_that_of_the_samples() throws IOException {
        var shown = SHOWN.matcher(page());
        var folders = new ArrayList<String>();
        while (shown.find()) {
            String file = Files.readString(ROOT.resolve(shown.group(1)));
            assertThat(withoutIndent(file)).contains(withoutIndent(shown.group(2)));
            assertThat(shown.group(2).lines().count()).as(shown.group(1)).isGreaterThan(12);
            folders.add(shown.group(1).split("/")[1]);
        }
        assertThat(folders)
                .containsExactly("node", "python", "java", "php", "php", "go", "payloads");
    }

    /** A part of a file is shown without the indentation that all its lines have. */
    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @Test
    void the_example_is_the_whole_published_body() throws IOException {
        assertThat(page())
                .contains("```json\n" + Payloads.published("order.created").strip() + "\n```");
    }

    @Test
    void what_the_page_links_to_is_there() throws IOException {
        var links = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)").matcher(page());
        int checked = 0;
        while (links.find()) {
            assertThat(ROOT.resolve("docs").resolve(links.group(1))).exists();
            checked++;
        }
        assertThat(checked).isGreaterThan(5);
    }
}
