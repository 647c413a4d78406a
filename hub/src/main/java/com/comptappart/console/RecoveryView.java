package com.comptappart.console;

import com.comptappart.kernel.Money;
import com.comptappart.webhook.Recovery;
import com.comptappart.webhook.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A recovery as its page shows it.
 *
 * @param remaining about how long it takes still, empty where it has ended
 */
record RecoveryView(
        String id,
        String url,
        String endpoint,
        Badge state,
        boolean running,
        long done,
        long wanted,
        String progress,
        String remaining,
        String reason,
        List<Step.Fact> facts) {

    /** What waits of one endpoint, as the plan shows it. */
    record Plan(
            String url,
            String endpoint,
            String partner,
            Badge state,
            boolean sending,
            long failed,
            long held,
            long orders,
            String amounts,
            String oldest,
            String machineOldest) {}

    RecoveryView {
        facts = List.copyOf(facts);
    }

    static RecoveryView of(Words words, Recovery recovery, String partner, String endpoint) {
        boolean running = recovery.state() == Recovery.State.RUNNING;
        return new RecoveryView(
                recovery.id(),
                Place.path(
                        partner, recovery.environment(), "/livraisons/reprises/" + recovery.id()),
                endpoint,
                state(words, recovery),
                running,
                recovery.done(),
                Math.max(recovery.wanted(), recovery.done()),
                progress(words, recovery),
                running ? remaining(words, recovery) : "",
                words.reason(recovery.reason()),
                facts(words, recovery, endpoint));
    }

    static Badge state(Words words, Recovery recovery) {
        String word = words.text("recovery." + recovery.state());
        return switch (recovery.state()) {
            case RUNNING -> Badge.waiting(word);
            case DONE -> Badge.ok(word);
            case STOPPED -> Badge.held(word);
        };
    }

    static String progress(Words words, Recovery recovery) {
        return words.text(
                "recovery.progress", words.count(recovery.done()), words.count(recovery.wanted()));
    }

    /** At the pace that was asked for; a slow endpoint takes longer. */
    private static String remaining(Words words, Recovery recovery) {
        return words.text(
                "recovery.remaining",
                duration(words, recovery.left(), recovery.wish().perSecond()));
    }

    static String duration(Words words, long count, int perSecond) {
        long seconds = Math.ceilDiv(count, perSecond);
        return seconds < 60
                ? words.text("duration.seconds", Math.max(1, seconds))
                : words.text("duration.minutes", Math.ceilDiv(seconds, 60));
    }

    private static List<Step.Fact> facts(Words words, Recovery recovery, String endpoint) {
        var wish = recovery.wish();
        Instant ended = recovery.endedAt();
        return List.of(
                Step.Fact.code(words.text("fact.endpoint"), endpoint),
                Step.Fact.of(words.text("recovery.since"), words.exactTime(wish.since())),
                Step.Fact.of(words.text("recovery.until"), words.exactTime(wish.until())),
                Step.Fact.of(
                        words.text("recovery.statuses"),
                        wish.statuses().stream()
                                .sorted()
                                .map(each -> words.text("recovery.status." + each))
                                .collect(Collectors.joining(", "))),
                Step.Fact.of(
                        words.text("recovery.pace"),
                        words.text("recovery.per-second", words.count(wish.perSecond()))),
                Step.Fact.code(words.text("recovery.asked-by"), recovery.askedBy()),
                Step.Fact.of(words.text("recovery.started"), words.exactTime(recovery.createdAt())),
                Step.Fact.of(
                        words.text("recovery.ended"),
                        ended == null
                                ? words.text("recovery.not-yet")
                                : words.text(
                                        "recovery.took",
                                        words.exactTime(ended),
                                        Duration.between(recovery.createdAt(), ended)
                                                .toSeconds())));
    }

    static String amounts(Words words, Waiting found) {
        return found.amounts().stream()
                .map((Money each) -> words.money(each.minor(), each.currency()))
                .collect(Collectors.joining(" + "));
    }
}
