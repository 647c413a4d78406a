package com.comptappart.console;

import java.time.Duration;

/** How long ago something was, as people say it. */
final class Ages {

    private Ages() {}

    static String text(Words words, Duration age) {
        if (age.toSeconds() < 1) {
            return words.text("age.now");
        }
        if (age.toMinutes() < 2) {
            return words.text("age.seconds", age.toSeconds());
        }
        if (age.toHours() < 2) {
            return words.text("age.minutes", age.toMinutes());
        }
        return age.toDays() < 2
                ? words.text("age.hours", age.toHours())
                : words.text("age.days", age.toDays());
    }
}
