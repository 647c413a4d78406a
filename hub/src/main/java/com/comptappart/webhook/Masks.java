package com.comptappart.webhook;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes an endpoint's key and secrets out of what its server answered, however it wrote them. */
final class Masks {

    private static final String MASK = "••••";

    /** What stands before the key itself in a secret's text: it tells nothing. */
    private static final String PREFIX = "^wh(sec|sk|pk)_";

    /** A beginning at a cut edge that is shorter than that tells nothing. */
    private static final int SHORTEST_BEGINNING = 4;

    private final List<String> hidden;

    private Masks(Set<String> hidden) {
        this.hidden =
                hidden.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    static Masks of(Target target) {
        var hidden = new LinkedHashSet<String>();
        var key = target.apiKey();
        if (key != null) {
            addForms(hidden, key);
        }
        target.secrets().forEach(secret -> addForms(hidden, secret.replaceFirst(PREFIX, "")));
        return new Masks(hidden);
    }

    /** As it is, and as JSON, a form or HTML would write it. */
    private static void addForms(Set<String> hidden, String secret) {
        hidden.add(secret);
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        hidden.add(json);
        hidden.add(json.replace("/", "\\/"));
        hidden.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        hidden.add(
                secret.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;"));
    }

    Answer in(Answer answer) {
        var said = answer.transcript();
        return new Answer(
                answer.at(),
                answer.status(),
                masked(answer.error()),
                answer.diagnosis(),
                new Transcript(
                        said.address(),
                        said.requestHeaders(),
                        masked(said.answerHeaders()),
                        masked(said.body()),
                        said.times()),
                answer.retryAfter());
    }

    private String masked(String text) {
        String masked = text;
        for (String each : hidden) {
            masked = masked.replace(each, MASK);
        }
        return withoutBeginning(masked);
    }

    /** What is kept of an answer is cut, maybe within a secret. */
    private String withoutBeginning(String text) {
        for (String each : hidden) {
            for (int length = Math.min(each.length() - 1, text.length());
                    length >= SHORTEST_BEGINNING;
                    length--) {
                if (text.regionMatches(text.length() - length, each, 0, length)) {
                    return text.substring(0, text.length() - length) + MASK;
                }
            }
        }
        return text;
    }
}
