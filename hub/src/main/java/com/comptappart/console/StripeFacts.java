package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.stripe.Reconciliations;
import com.comptappart.stripe.StripeStates;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** How the hub stands with Stripe, as it is shown. */
@Component
class StripeFacts {

    /** One of the last events, with how long each of its two ways took. */
    record Event(String id, String type, String received, String underway, String reading) {}

    /** How far the hub looked on its own. */
    record Look(String name, String until, String next, String trouble) {}

    private final Reconciliations reconciliations;
    private final Clock clock;

    StripeFacts(Reconciliations reconciliations, Clock clock) {
        this.reconciliations = reconciliations;
        this.clock = clock;
    }

    List<Step.Fact> of(Words words, Environment environment, StripeStates.Seen seen) {
        var setup = seen.setup();
        var inbox = seen.inbox();
        var facts = new ArrayList<Step.Fact>();
        facts.add(fact(words, "account", words.text("stripe.account.text", setup.accounts())));
        facts.add(
                fact(
                        words,
                        "key",
                        setup.hasKey()
                                ? words.text(
                                        "stripe.key.there",
                                        setup.keyKind().isEmpty() ? "…" : setup.keyKind() + "_…")
                                : words.text("stripe.key.none")));
        facts.add(fact(words, "secrets", words.text("stripe.secrets.text", setup.secrets())));
        facts.add(
                fact(
                        words,
                        "version",
                        words.text(
                                "stripe.version.text",
                                setup.apiVersion(),
                                inbox.last().map(StripeStates.Event::apiVersion).orElse("–"))));
        facts.add(
                fact(
                        words,
                        "last",
                        inbox.last()
                                .map(event ->
                                        words.text(
                                                "stripe.last.text",
                                                Ages.text(
                                                        words,
                                                        Duration.between(
                                                                event.receivedAt(),
                                                                clock.instant())),
                                                event.type()))
                                .orElse(words.text("stripe.last.none"))));
        facts.add(fact(words, "unread", unread(words, inbox)));
        facts.add(fact(words, "unreadable", words.count(inbox.unreadable())));
        facts.add(fact(words, "compared", compared(words, environment)));
        return facts;
    }

    private String unread(Words words, StripeStates.Inbox inbox) {
        var oldest = inbox.oldestUnread();
        return oldest == null
                ? words.count(0)
                : words.text(
                        "stripe.unread.text",
                        inbox.unread(),
                        Ages.text(words, Duration.between(oldest, clock.instant())));
    }

    private String compared(Words words, Environment environment) {
        return reconciliations
                .last(environment)
                .map(result ->
                        words.text(
                                "stripe.compared.text",
                                words.time(result.endedAt()),
                                result.lookedAt(),
                                result.missing()))
                .orElse(words.text("stripe.compared.never"));
    }

    List<Event> events(Words words, StripeStates.Seen seen) {
        return seen.inbox().latest().stream()
                .map(event -> {
                    var read = event.readAt();
                    return new Event(
                            event.id(),
                            event.type(),
                            words.exactTime(event.receivedAt()),
                            span(words, Duration.between(event.createdAt(), event.receivedAt())),
                            read == null
                                    ? words.text("stripe.event.waits")
                                    : span(words, Duration.between(event.receivedAt(), read)));
                })
                .toList();
    }

    /** Stripe's clock counts whole seconds and is not ours. */
    private static String span(Words words, Duration span) {
        if (span.isNegative()) {
            return "0 s";
        }
        return span.toSeconds() < 10 && span.toMillis() % 1_000 != 0
                ? LatencyBar.millis(words, span)
                : words.count(span.toSeconds()) + " s";
    }

    List<Look> looks(Words words, StripeStates.Seen seen) {
        return seen.looks().stream()
                .map(look ->
                        new Look(
                                words.text("stripe.look." + look.task())
                                        + (look.account().isEmpty() ? "" : " · " + look.account()),
                                words.time(look.doneUntil()),
                                words.time(look.nextAt()),
                                words.reason(look.trouble())))
                .toList();
    }

    String sandbox(Words words, StripeStates.Seen seen) {
        var setup = seen.setup();
        return setup.sandbox()
                ? words.text("sandbox.runs", setup.apiBase())
                : words.text("sandbox.not", setup.apiBase());
    }

    private static Step.Fact fact(Words words, String name, String value) {
        return new Step.Fact(words.text("stripe." + name), value, false);
    }
}
