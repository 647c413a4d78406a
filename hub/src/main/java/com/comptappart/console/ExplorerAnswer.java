package com.comptappart.console;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the API as the explorer shows it. */
record ExplorerAnswer(Badge status, String latency, String headers, String body, String note) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    static ExplorerAnswer of(Words words, OwnApi.Answer answer) {
        String type = answer.type();
        boolean isText = type.contains("json") || type.contains("xml") || type.startsWith("text/");
        String word = answer.status() == 0 ? words.text("try.silent") : "HTTP " + answer.status();
        return new ExplorerAnswer(
                answer.status() >= 200 && answer.status() < 400 ? Badge.ok(word) : Badge.bad(word),
                answer.millis() + " ms",
                answer.headers().entrySet().stream()
                        .filter(each -> !each.getKey().startsWith(":"))
                        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
                        .collect(Collectors.joining("\n")),
                isText ? text(answer, type) : "",
                note(words, answer, isText));
    }

    private static String note(Words words, OwnApi.Answer answer, boolean isText) {
        if (!isText && answer.body().length > 0) {
            return words.text("explorer.file", answer.type());
        }
        return answer.whole() ? "" : words.text("explorer.cut");
    }

    /** JSON with line breaks, every figure as it came. */
    private static String text(OwnApi.Answer answer, String type) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (!type.contains("json") || !answer.whole() || text.isBlank()) {
            return text;
        }
        try {
            return JSON.writeValueAsString(JSON.readTree(text));
        } catch (JacksonException e) {
            // Shown as it came, as it is no JSON whatever its type says.
            return text;
        }
    }
}
