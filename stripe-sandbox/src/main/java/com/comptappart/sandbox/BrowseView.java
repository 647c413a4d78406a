package com.comptappart.sandbox;

import static com.comptappart.sandbox.PageHtml.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The HTML of {@link BrowsePages}. */
final class BrowseView {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** A call to an endpoint, with the address that it has or had. */
    record Delivered(String address, DeliveryLog.Attempt attempt) {}

    private final Words words;

    BrowseView(Words words) {
        this.words = words;
    }

    String list(
            Kind kind,
            String type,
            Map<Kind, Integer> counts,
            List<ObjectNode> rows,
            boolean hasMore) {
        var kinds = new StringBuilder();
        counts.forEach((each, count) -> {
            if (count > 0 || each == kind) {
                kinds.append(
                        "<li><a href=\"/?kind=%s\"%s>%s</a> <b>%d</b></li>"
                                .formatted(
                                        encoded(each.word()),
                                        each == kind ? " aria-current=\"page\"" : "",
                                        text(each.word()),
                                        count));
            }
        });
        String main =
                """
                <nav class="summary" aria-label="%s"><ul>%s</ul></nav>
                <section class="browse">
                <h1>%s</h1>
                %s
                %s
                %s
                </section>
                """
                        .formatted(
                                text(words.say("Objets", "Objects")),
                                kinds,
                                text(kind.word()),
                                kind == Kind.EVENT ? filter(type) : "",
                                rows.isEmpty()
                                        ? "<p>%s</p>"
                                                .formatted(
                                                        text(
                                                                words.say(
                                                                        "Rien pour l'instant.",
                                                                        "Nothing yet.")))
                                        : table(rows),
                                hasMore ? older(kind, type, rows.getLast()) : "");
        return page(words.say("Bac à sable Stripe", "Stripe sandbox"), main);
    }

    String object(ObjectNode object) {
        String id = object.path("id").asString();
        return page(id, section(object, ""));
    }

    String event(ObjectNode event, List<Delivered> deliveries) {
        var calls = new StringBuilder();
        for (Delivered delivered : deliveries) {
            DeliveryLog.Attempt attempt = delivered.attempt();
            calls.append(
                    "<tr><td>%s</td><td>%s</td><td>%d</td><td>%s</td></tr>"
                            .formatted(
                                    time(attempt.atSecond()),
                                    text(delivered.address()),
                                    attempt.number(),
                                    text(
                                            attempt.outcome().isEmpty()
                                                    ? words.say("reçu (2xx)", "received (2xx)")
                                                    : attempt.outcome())));
        }
        String table =
                deliveries.isEmpty()
                        ? "<p>%s</p>"
                                .formatted(
                                        text(
                                                words.say(
                                                        "Aucun envoi : aucun webhook n'écoutait, ou l'envoi est en route.",
                                                        "No call: no webhook was listening, or it is on its way.")))
                        : "<table><thead><tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>%s</tbody></table>"
                                .formatted(
                                        text(words.say("Quand (UTC)", "When (UTC)")),
                                        text(words.say("Adresse", "Address")),
                                        text(words.say("Essai", "Attempt")),
                                        text(words.say("Réponse", "Answer")),
                                        calls);
        String again =
                "<h2>%s</h2>%s<form method=\"post\"><button>%s</button></form>"
                        .formatted(
                                text(words.say("Envois", "Deliveries")),
                                table,
                                text(words.say("Envoyer à nouveau", "Send again")));
        return page(event.path("type").asString(), section(event, again));
    }

    String nothing(String id) {
        return new PageHtml(words)
                .notice(
                        words.say("Il n'y a pas d'objet « %s ».", "There is no object '%s'.")
                                .formatted(id),
                        "");
    }

    private String section(ObjectNode object, String more) {
        String word = object.path("object").asString();
        return """
        <section class="browse wide">
        <p><a href="/?kind=%s">← %s</a></p>
        <h1>%s</h1>
        %s
        <pre tabindex="0">%s</pre>
        </section>
        """
                .formatted(
                        encoded(word),
                        text(word),
                        text(object.path("id").asString()),
                        more,
                        text(Json.pretty(object)));
    }

    private String filter(String type) {
        return """
        <form method="get" class="two"><div><label for="type">%s</label>
        <input id="type" name="type" value="%s" maxlength="100" placeholder="charge.*"></div>
        <button>%s</button></form>
        """
                .formatted(
                        text(words.say("Type d'événement", "Type of event")),
                        text(type),
                        text(words.say("Filtrer", "Filter")));
    }

    private String table(List<ObjectNode> rows) {
        var lines = new StringBuilder();
        for (ObjectNode row : rows) {
            String id = row.path("id").asString();
            boolean event = row.path("object").asString().equals(Kind.EVENT.word());
            lines.append(
                    "<tr><td>%s</td><td><a href=\"/%s/%s\">%s</a></td><td>%s</td></tr>"
                            .formatted(
                                    time(row.path("created").asLong()),
                                    event ? "events" : "objects",
                                    encoded(id),
                                    text(id),
                                    text(summary(row))));
        }
        return "<table><thead><tr><th>%s</th><th>id</th><th>%s</th></tr></thead><tbody>%s</tbody></table>"
                .formatted(
                        text(words.say("Créé (UTC)", "Created (UTC)")),
                        text(words.say("En bref", "In short")),
                        lines);
    }

    /** What tells objects of a kind apart: type, status, name, amount, as far as they have them. */
    private String summary(ObjectNode row) {
        var parts = new StringBuilder();
        for (String name : List.of("type", "status", "payment_status", "name", "email", "url")) {
            String part = row.path(name).asString("");
            if (!part.isEmpty() && parts.length() < 80) {
                parts.append(parts.isEmpty() ? "" : " · ").append(part);
            }
        }
        for (String name : List.of("amount", "amount_total", "unit_amount", "total")) {
            if (row.path(name).isIntegralNumber() && row.path("currency").isString()) {
                parts.append(parts.isEmpty() ? "" : " · ")
                        .append(
                                Amounts.text(
                                        row.path(name).asLong(),
                                        row.path("currency").asString(),
                                        words.locale()));
                break;
            }
        }
        int waiting = row.path("pending_webhooks").asInt(0);
        return waiting == 0
                ? parts.toString()
                : parts + words.say(" · envois en attente : ", " · calls pending: ") + waiting;
    }

    private String older(Kind kind, String type, ObjectNode last) {
        return "<p><a href=\"/?kind=%s&amp;type=%s&amp;after=%s\">%s</a></p>"
                .formatted(
                        encoded(kind.word()),
                        encoded(type),
                        encoded(last.path("id").asString()),
                        text(words.say("Plus anciens →", "Older →")));
    }

    private String page(String title, String main) {
        return new PageHtml(words).page(title, main);
    }

    private static String time(long second) {
        return second == 0 ? "" : TIME.format(Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
