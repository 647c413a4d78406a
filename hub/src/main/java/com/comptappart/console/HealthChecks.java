package com.comptappart.console;

import com.comptappart.health.Board;
import com.comptappart.health.Board.Level;
import com.comptappart.kernel.Environment;
import com.comptappart.partner.Sellers;
import com.comptappart.stripe.StripeStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Each thing that must hold for the hub to do its work: what it means, and what to do. */
@Component
class HealthChecks {

    /**
     * One of them.
     *
     * @param advice what to do, empty where all is well
     */
    record Check(Badge badge, String name, String text, String advice) {}

    private final Sellers sellers;

    HealthChecks(Sellers sellers) {
        this.sellers = sellers;
    }

    List<Check> of(Words words, Place place, Board board, StripeStates.Seen stripe) {
        var checks = new ArrayList<Check>();
        checks.add(check(words, "database", board.databaseAnswers() ? Level.OK : Level.DOWN));
        for (var service : board.services()) {
            checks.add(
                    check(words, service.name().name().toLowerCase(Locale.ROOT), service.level()));
        }
        var setup = stripe.setup();
        checks.add(check(words, "stripe-key", setup.hasKey() ? Level.OK : Level.DOWN));
        checks.add(check(words, "stripe-secret", setup.secrets() > 0 ? Level.OK : Level.DOWN));
        var inbox = stripe.inbox();
        checks.add(check(words, "readable", inbox.unreadable() == 0 ? Level.OK : Level.SLOW));
        boolean failing = stripe.looks().stream().anyMatch(look -> !look.trouble().isEmpty());
        checks.add(
                check(
                        words,
                        "catch-up",
                        !failing && setup.catchUpEvery().isPositive() ? Level.OK : Level.SLOW));
        if (place.environment() == Environment.PRODUCTION) {
            checks.add(
                    check(
                            words,
                            "seller",
                            sellers.missingForProduction().isEmpty() ? Level.OK : Level.DOWN));
        }
        return checks;
    }

    private static Check check(Words words, String name, Level level) {
        return new Check(
                StatusPages.badge(level, words.text("check.level." + level)),
                words.text("check." + name),
                words.text("check." + name + ".text"),
                level == Level.OK ? "" : words.text("check." + name + ".do"));
    }
}
