package com.comptappart.webhook;

import com.comptappart.webhook.SignatureFinding.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the timestamp of a signed call tells, and whose clock is wrong. */
final class SignatureClock {

    /** What Standard Webhooks' libraries allow, in both directions. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** A call lasts thirty seconds at most: beyond that two clocks disagree. */
    private static final Duration CALL = Duration.ofSeconds(30);

    private SignatureClock() {}

    /** Seconds; milliseconds are brought to seconds, empty where it is no number. */
    static OptionalLong seconds(String timestamp) {
        String text = timestamp.strip();
        if (!text.matches("[0-9]{1,18}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(text);
        return OptionalLong.of(isMillis(text) ? number / 1_000 : number);
    }

    static boolean isMillis(String timestamp) {
        return timestamp.strip().length() >= 12;
    }

    static List<SignatureFinding> of(SignatureEvidence evidence) {
        var findings = new ArrayList<SignatureFinding>();
        String text = evidence.call().timestamp();
        var seconds = seconds(text);
        if (text.isBlank()) {
            findings.add(SignatureFinding.of(Cause.TIMESTAMP_MISSING));
        } else if (seconds.isEmpty()) {
            findings.add(SignatureFinding.of(Cause.TIMESTAMP_UNREADABLE, text));
        } else {
            if (isMillis(text)) {
                findings.add(SignatureFinding.of(Cause.TIMESTAMP_MILLIS, seconds.getAsLong()));
            }
            aged(findings, evidence, seconds.getAsLong());
        }
        return findings;
    }

    private static void aged(
            List<SignatureFinding> findings, SignatureEvidence evidence, long seconds) {
        var sentAt = Instant.ofEpochSecond(seconds);
        boolean ours =
                evidence.messages().stream().anyMatch(each -> each.timestamps().contains(seconds));
        var receivedAt = evidence.receivedAt();
        if (receivedAt != null && ours) {
            skewed(findings, Duration.between(sentAt, receivedAt));
            return;
        }
        var age = Duration.between(sentAt, receivedAt == null ? evidence.now() : receivedAt);
        if (age.compareTo(TOLERANCE) > 0) {
            findings.add(
                    SignatureFinding.of(
                            ours ? Cause.TIMESTAMP_PAST : Cause.TIMESTAMP_OLD,
                            age.toSeconds(),
                            sentAt));
        } else if (age.negated().compareTo(TOLERANCE) > 0) {
            findings.add(
                    SignatureFinding.of(Cause.TIMESTAMP_AHEAD, age.negated().toSeconds(), sentAt));
        }
    }

    /** The hub wrote the timestamp by its own clock, so the two can be held side by side. */
    private static void skewed(List<SignatureFinding> findings, Duration ahead) {
        if (ahead.compareTo(CALL) > 0) {
            findings.add(SignatureFinding.of(Cause.CLOCK_AHEAD, ahead.toSeconds()));
        } else if (ahead.negated().toSeconds() > 1) {
            findings.add(SignatureFinding.of(Cause.CLOCK_BEHIND, ahead.negated().toSeconds()));
        }
    }
}
