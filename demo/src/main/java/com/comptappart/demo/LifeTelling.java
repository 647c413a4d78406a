package com.comptappart.demo;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The table that the terminal shows of a subscription's life, row by row as it is played. */
final class LifeTelling {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT)
                    .withZone(ZoneId.of("Europe/Paris"));

    private final PrintStream out;

    LifeTelling(PrintStream out) {
        this.out = out;
    }

    void head() {
        row("Date", "Ce qui arrive", "Document", "Courriel", "Notifications vérifiées");
    }

    void step(Life.Step step) {
        row(
                DAY.format(step.at()),
                step.what(),
                step.documents().isEmpty() ? "–" : String.join(" ", step.documents()),
                step.mails() == 0 ? "–" : step.mails() == 1 ? "reçu" : step.mails() + " reçus",
                step.notifications().isEmpty() ? "–" : String.join(" · ", step.notifications()));
    }

    private void row(String date, String what, String document, String mail, String told) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "  %-10s  %-44s %-25s %-8s  %s",
                        date,
                        what,
                        document,
                        mail,
                        told));
    }
}
