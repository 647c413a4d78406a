package com.comptappart.console;

import com.comptappart.webhook.Notification;

/**
 * One attempt as it is shown: what was sent, what came back, and where the time went.
 *
 * @param request the request line and its headers, secrets masked
 * @param answer the answer's status line and headers, empty where none came
 * @param askedBy who had it sent again, empty where the schedule did
 */
record AttemptView(
        int number,
        String time,
        String machineTime,
        Badge result,
        String advice,
        String error,
        String url,
        String address,
        String request,
        String answer,
        String body,
        boolean cut,
        LatencyBar latency,
        String askedBy) {

    /** How much of an answer is kept. */
    private static final int KEPT = 16 * 1024;

    static AttemptView of(Words words, Notification.Attempt attempt) {
        return new AttemptView(
                attempt.number(),
                words.exactTime(attempt.at()),
                Words.machine(attempt.at()),
                result(words, attempt),
                Blame.of(words, attempt),
                words.reason(attempt.error()),
                attempt.url(),
                attempt.address(),
                "POST " + attempt.url() + "\n" + attempt.requestHeaders().strip(),
                attempt.status() == 0
                        ? ""
                        : ("HTTP " + attempt.status() + "\n" + attempt.answerHeaders()).strip(),
                attempt.answer(),
                attempt.answer().length() >= KEPT,
                LatencyBar.of(words, attempt.times()),
                attempt.askedBy());
    }

    static Badge result(Words words, Notification.Attempt attempt) {
        String result =
                attempt.status() == 0
                        ? words.text("try.silent")
                        : "HTTP " + Integer.toString(attempt.status());
        return attempt.status() / 100 == 2 && attempt.error().isEmpty()
                ? Badge.ok(result)
                : Badge.bad(result);
    }
}
