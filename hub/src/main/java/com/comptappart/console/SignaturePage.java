package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Notifications;
import com.comptappart.webhook.SignatureDebugger;
import com.comptappart.webhook.SignatureFinding;
import com.comptappart.webhook.SignatureReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Says which byte, clock or secret makes a partner's program refuse a call. */
@Controller
@May(Act.TRY)
@RequestMapping("/console/{partner}/{environment:test|live}/livraisons/signature")
class SignaturePage {

    /** One finding as it is shown. */
    record Shown(String tone, String title, String text) {}

    private final SignatureDebugger debugger;
    private final Notifications notifications;
    private final EndpointNames endpoints;

    SignaturePage(
            SignatureDebugger debugger, Notifications notifications, EndpointNames endpoints) {
        this.debugger = debugger;
        this.notifications = notifications;
        this.endpoints = endpoints;
    }

    /**
     * @param de the notification whose last attempt fills the form in
     */
    @GetMapping
    String ask(Place place, @RequestParam(required = false) @Nullable String de, Model model) {
        return page(place, de == null ? SignatureAsked.empty() : filled(place, de), model);
    }

    @PostMapping
    String examine(Place place, Words words, SignatureAsked asked, Model model) {
        try {
            var report = debugger.examine(place.partner(), place.environment(), asked.asked());
            model.addAttribute("verified", report.verified());
            model.addAttribute("difference", report.difference());
            model.addAttribute("findings", shown(words, report));
        } catch (Refused refused) {
            if (refused.kind() == Refused.Kind.NOT_FOUND) {
                throw refused;
            }
            model.addAttribute("refused", refused.detail());
        }
        return page(place, asked, model);
    }

    private String page(Place place, SignatureAsked asked, Model model) {
        model.addAttribute("asked", asked);
        model.addAttribute("endpoints", endpoints.of(place));
        return "console/signature";
    }

    private SignatureAsked filled(Place place, String id) {
        var found =
                notifications
                        .find(place.partner(), place.environment(), id)
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "notification_not_found",
                                        "there is no notification " + id + " here"));
        var attempts = notifications.attempts(found);
        String headers = attempts.isEmpty() ? "" : attempts.getLast().requestHeaders();
        return new SignatureAsked(
                found.endpointId(),
                null,
                found.id(),
                header(headers, "webhook-timestamp: "),
                header(headers, "webhook-signature: "),
                null,
                null,
                null);
    }

    private static String header(String headers, String start) {
        return headers.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    private static List<Shown> shown(Words words, SignatureReport report) {
        return report.findings().stream()
                .sorted(Comparator.comparing(SignatureFinding::cause))
                .map(each -> shown(words, each))
                .toList();
    }

    private static Shown shown(Words words, SignatureFinding finding) {
        String key = "signature." + finding.cause();
        Object[] values = values(words, finding);
        return new Shown(
                switch (finding.cause().weight()) {
                    case GOOD -> "ok";
                    case NOTE -> "warn";
                    case FAULT -> "bad";
                },
                words.text(key, values),
                words.text(key + ".text", values));
    }

    /** Spans and moments as people say them, all else as it is. */
    private static Object[] values(Words words, SignatureFinding finding) {
        return switch (finding.cause()) {
            case CLOCK_AHEAD, CLOCK_BEHIND, TIMESTAMP_OLD, TIMESTAMP_AHEAD, TIMESTAMP_PAST -> {
                Object[] values = finding.values().toArray();
                values[0] =
                        span(words, Duration.ofSeconds(Long.parseLong(finding.values().get(0))));
                if (values.length > 1) {
                    values[1] = words.exactTime(Instant.parse(finding.values().get(1)));
                }
                yield values;
            }
            case SECRET_ENDED, MATCHES_OLD_SECRET ->
                    new Object[] {words.exactTime(Instant.parse(finding.values().getFirst()))};
            default -> finding.values().toArray();
        };
    }

    private static String span(Words words, Duration span) {
        if (span.toDays() > 0) {
            return words.text("span.days", span.toDays(), span.toHoursPart());
        }
        if (span.toHours() > 0) {
            return words.text("span.hours", span.toHours(), span.toMinutesPart());
        }
        return span.toMinutes() > 0
                ? words.text("span.minutes", span.toMinutes(), span.toSecondsPart())
                : words.text("duration.seconds", span.toSeconds());
    }
}
