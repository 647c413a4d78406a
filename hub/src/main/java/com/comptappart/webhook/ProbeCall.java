package com.comptappart.webhook;

import org.jspecify.annotations.Nullable;

/**
 * One call of a probe, as far as it is kept.
 *
 * @param headers what was sent, one to a line, the partner's key masked
 * @param body the first 4 KiB of what was sent
 * @param bytes how many there were
 * @param status the answer's, 0 where none came
 * @param error what went wrong instead of an answer; empty where nothing did
 * @param diagnosisCode the usual cause; empty where nothing is wrong
 * @param answer the first 4 KiB of what came
 */
public record ProbeCall(
        String headers,
        String body,
        int bytes,
        int status,
        String error,
        String diagnosisCode,
        String answer,
        long millis) {

    private static final int KEPT = 4 * 1024;

    static ProbeCall of(Message message, Answer answer) {
        var transcript = answer.transcript();
        return new ProbeCall(
                transcript.requestHeaders(),
                start(message.body()),
                message.body().getBytes(java.nio.charset.StandardCharsets.UTF_8).length,
                answer.status(),
                answer.error(),
                answer.diagnosisCode(),
                start(transcript.body()),
                transcript.times().total().toMillis());
    }

    /** The usual cause of what went wrong, null where nothing did. */
    public @Nullable Diagnosis diagnosis() {
        return Diagnosis.of(diagnosisCode).orElse(null);
    }

    private static String start(String text) {
        return text.length() > KEPT ? text.substring(0, KEPT) + "…" : text;
    }
}
