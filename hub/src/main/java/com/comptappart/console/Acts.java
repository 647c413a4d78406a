package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.AuditLog;
import com.comptappart.people.Deed;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Does what a form asked for, writes it into the journal and goes back to a page, which says how it
 * went. Handlers take it as a parameter: it knows who acts, where and from where.
 */
final class Acts {

    private final AuditLog log;
    private final Deed.Actor actor;
    private final @Nullable Place place;
    private final Words words;

    Acts(AuditLog log, Deed.Actor actor, @Nullable Place place, Words words) {
        this.log = log;
        this.actor = actor;
        this.place = place;
        this.words = words;
    }

    /**
     * @param act {@code kind.what} of the log; {@code audit.kind.what} are its words
     * @param object the id of what is touched
     */
    Doing of(String act, String object) {
        return new Doing(
                new Deed(
                        actor,
                        place == null ? null : place.partner(),
                        place == null ? null : place.environment(),
                        act,
                        object,
                        Map.of()));
    }

    /** One act, about to be done. */
    final class Doing {

        private final Deed deed;

        private Doing(Deed deed) {
            this.deed = deed;
        }

        Doing with(String name, String value) {
            return new Doing(deed.with(name, value));
        }

        /** For what is the same in test and in live mode, such as a team. */
        Doing everywhere() {
            return new Doing(deed.at(deed.partner(), null));
        }

        /**
         * In one transaction with its entry.
         *
         * @param doneWords the key of the text that says what was done
         */
        String done(RedirectAttributes flash, String doneWords, String back, Runnable act) {
            return told(
                    flash,
                    doneWords,
                    back,
                    () ->
                            log.during(
                                    () -> {
                                        act.run();
                                        return true;
                                    },
                                    done -> deed));
        }

        /**
         * In one transaction with its entry, for an answer that shows what was made; a refusal is
         * the caller's.
         *
         * @param object the id of what was made
         */
        <T> T giving(Supplier<T> act, Function<T, String> object) {
            return log.during(act, made -> deed.on(object.apply(made)));
        }

        /**
         * For what asks another server, such as Stripe: outside any transaction, then its entry.
         */
        String doneBeyond(RedirectAttributes flash, String doneWords, String back, Runnable act) {
            return told(
                    flash,
                    doneWords,
                    back,
                    () -> {
                        act.run();
                        log.write(deed);
                    });
        }

        /** The same for an answer that shows what came of it. */
        <T> T givingBeyond(Supplier<T> act) {
            T came = act.get();
            log.write(deed);
            return came;
        }

        private String told(RedirectAttributes flash, String doneWords, String back, Runnable act) {
            try {
                act.run();
                flash.addFlashAttribute("done", doneWords);
            } catch (Refused refused) {
                flash.addFlashAttribute(
                        "refused", words.textOr("refused." + refused.code(), refused.detail()));
            }
            return "redirect:" + back;
        }
    }
}
