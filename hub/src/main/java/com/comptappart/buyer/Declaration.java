package com.comptappart.buyer;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer declared, without an account, and what became of it.
 *
 * @param id {@code dec_…}
 * @param partner to whom; {@link PartnerId#UNASSIGNED} where nothing that was given says so
 * @param contract what it was found to be about
 * @param madeAt when the buyer confirmed it
 * @param reason why a person must look at it, or why it waits; empty where nothing is wrong
 * @param endsAt when the contract ends, once that is decided
 */
public record Declaration(
        String id,
        Kind kind,
        PartnerId partner,
        Environment environment,
        Said said,
        Contract contract,
        Instant madeAt,
        State state,
        String reason,
        int attempts,
        @Nullable Instant endsAt) {

    /** Which right of the buyer's it uses. */
    public enum Kind {
        /** Code de la consommation, L215-1-1: from then on the contract has an end. */
        TERMINATION,
        /** Code de la consommation, L221-21: the contract is undone. */
        WITHDRAWAL;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of it. */
    public enum State {
        /** Someone at the seller must act. */
        OPEN,
        /** Stripe is being asked to end the subscription with its period. */
        ENDING,
        /** The subscription has an end. */
        ENDED,
        /** Its buyer took it back: Stripe is being asked to go on. */
        RESUMING,
        /** The subscription goes on. */
        RESUMED,
        /** Someone at the seller acted. */
        HANDLED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What the buyer wrote, as it was written.
     *
     * @param reference of the contract, as the buyer knows it; empty where none was given
     * @param wishedOn when the contract is to end, Europe/Paris; null for as soon as it can
     * @param motive the legitimate reason, where the buyer gave one
     * @param language {@code fr} or {@code en}: of the page, and of the mails about it
     */
    public record Said(
            String name,
            String email,
            String reference,
            @Nullable LocalDate wishedOn,
            String motive,
            String language) {}

    /**
     * The contract that both the reference and the address belong to.
     *
     * @param account at Stripe, of the subscription
     * @param subscription {@code sub_…}, empty where there is none
     */
    public record Contract(@Nullable OrderId order, String account, String subscription) {
        static final Contract NONE = new Contract(null, "", "");

        public boolean isKnown() {
            return order != null || !subscription.isEmpty();
        }
    }

    /** One state that it came to. */
    public record Step(Instant at, State state, String reason) {}

    /** A declaration and each state that it came to, in order. */
    public record Told(Declaration declaration, List<Step> steps) {
        public Told {
            steps = List.copyOf(steps);
        }
    }
}
