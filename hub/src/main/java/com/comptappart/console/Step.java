package com.comptappart.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an order's timeline.
 *
 * @param advice whose the problem is and what to do, empty where nothing is wrong
 * @param act the form that can be sent from here
 * @param raw what was sent, as it was sent; empty where there is nothing to show
 * @param anchor what others on the page lead to it by; empty where nothing does
 * @param links where more of it is
 */
record Step(
        String title,
        Badge badge,
        String time,
        String machineTime,
        List<Fact> facts,
        String advice,
        List<Try> tries,
        @Nullable Act act,
        String raw,
        String anchor,
        List<Link> links) {

    /** To another page, or another step of this one. */
    record Link(String url, String text) {}

    /** A name and its value. */
    record Fact(String name, String value, boolean code) {
        static Fact of(String name, String value) {
            return new Fact(name, value, false);
        }

        static Fact code(String name, String value) {
            return new Fact(name, value, true);
        }
    }

    /**
     * One attempt.
     *
     * @param result the answer's status, or the words for none
     * @param advice whose the problem is, empty where it went well
     */
    record Try(
            String number,
            String time,
            String machineTime,
            Badge result,
            String latency,
            String target,
            String error,
            String advice,
            String answer) {}

    /**
     * A form with one button.
     *
     * @param needs the {@link com.comptappart.people.Act} that one must be allowed
     */
    record Act(String url, String button, String needs) {}

    Step {
        facts = List.copyOf(facts);
        tries = List.copyOf(tries);
        links = List.copyOf(links);
    }

    /** One that leads nowhere. */
    Step(
            String title,
            Badge badge,
            String time,
            String machineTime,
            List<Fact> facts,
            String advice,
            List<Try> tries,
            @Nullable Act act,
            String raw) {
        this(title, badge, time, machineTime, facts, advice, tries, act, raw, "", List.of());
    }

    Step at(String name) {
        return new Step(
                title, badge, time, machineTime, facts, advice, tries, act, raw, name, links);
    }

    Step leadingTo(List<Link> more) {
        return new Step(
                title, badge, time, machineTime, facts, advice, tries, act, raw, anchor, more);
    }
}
