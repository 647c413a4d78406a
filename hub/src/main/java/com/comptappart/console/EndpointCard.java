package com.comptappart.console;

import com.comptappart.webhook.AddressCheck;
import com.comptappart.webhook.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as it is shown.
 *
 * @param notes what is to be known of it: why nothing is sent, until when it is left alone
 */
record EndpointCard(
        String id,
        String page,
        String url,
        String description,
        Badge state,
        List<String> notes,
        List<Step.Fact> facts,
        boolean paused,
        boolean disabled,
        boolean test) {

    EndpointCard {
        notes = List.copyOf(notes);
        facts = List.copyOf(facts);
    }

    static EndpointCard of(Words words, Place place, Endpoint endpoint, @Nullable Instant success) {
        return new EndpointCard(
                endpoint.id(),
                PartnerEndpoints.path(place, endpoint),
                endpoint.url(),
                endpoint.description(),
                state(words, endpoint),
                notes(words, endpoint),
                facts(words, endpoint, success),
                endpoint.state() == Endpoint.State.PAUSED,
                endpoint.state() == Endpoint.State.DISABLED,
                !endpoint.environment().livemode());
    }

    private static Badge state(Words words, Endpoint endpoint) {
        return switch (endpoint.state()) {
            case PAUSED -> Badge.held(words.text("endpoint.state.paused"));
            case DISABLED -> Badge.bad(words.text("endpoint.state.disabled"));
            case ENABLED ->
                    switch (endpoint.circuit()) {
                        case CLOSED -> Badge.ok(words.text("endpoint.state.enabled"));
                        case OPEN -> Badge.bad(words.text("endpoint.state.open"));
                        case HALF_OPEN -> Badge.waiting(words.text("endpoint.state.half-open"));
                    };
        };
    }

    private static List<String> notes(Words words, Endpoint endpoint) {
        var notes = new ArrayList<String>();
        if (!endpoint.disabledReason().isEmpty()) {
            notes.add(
                    words.text(
                            "endpoint.disabled-because", words.reason(endpoint.disabledReason())));
        }
        var probe = endpoint.nextProbeAt();
        if (endpoint.circuit() == Endpoint.Circuit.OPEN && probe != null) {
            notes.add(words.text("endpoint.left-alone", words.exactTime(probe)));
        }
        var slowed = endpoint.slowedUntil();
        if (slowed != null) {
            notes.add(words.text("endpoint.slowed", words.exactTime(slowed)));
        }
        return notes;
    }

    private static List<Step.Fact> facts(
            Words words, Endpoint endpoint, @Nullable Instant success) {
        var facts = new ArrayList<Step.Fact>();
        facts.add(
                Step.Fact.of(
                        words.text("endpoint.success"),
                        success == null ? words.text("endpoint.never") : words.time(success)));
        facts.add(
                Step.Fact.code(
                        words.text("endpoint.types"), String.join(", ", endpoint.eventTypes())));
        facts.add(
                Step.Fact.code(
                        words.text("endpoint.schemes"),
                        String.join(", ", endpoint.signatureSchemes())));
        facts.add(
                Step.Fact.of(
                        words.text("endpoint.timeout"),
                        words.text("endpoint.seconds", endpoint.timeoutSeconds())));
        var rate = endpoint.rateLimitPerSecond();
        if (rate != null) {
            facts.add(
                    Step.Fact.of(
                            words.text("endpoint.rate"), words.text("endpoint.per-second", rate)));
        }
        facts.add(
                Step.Fact.of(
                        words.text("endpoint.key"),
                        words.text(
                                endpoint.hasApiKey() ? "endpoint.key.set" : "endpoint.key.none")));
        var publicKey = endpoint.publicKey();
        if (publicKey != null) {
            facts.add(Step.Fact.code(words.text("endpoint.public-key"), publicKey));
        }
        return facts;
    }

    /** The steps of a check, each with how it went. */
    static List<CheckStep> steps(Words words, AddressCheck check) {
        var steps = new ArrayList<CheckStep>();
        for (AddressCheck.Step step : AddressCheck.Step.values()) {
            if (step == AddressCheck.Step.TLS && check.url().startsWith("http:")) {
                continue;
            }
            steps.add(CheckStep.of(words, check, step));
        }
        return steps;
    }

    /** One step of a check of an address. */
    record CheckStep(Badge badge, String name, String text) {

        static CheckStep of(Words words, AddressCheck check, AddressCheck.Step step) {
            String name = words.text("check.step." + step.name());
            if (check.passed(step)) {
                return step == AddressCheck.Step.ANSWER
                        ? answered(words, name, check.status())
                        : new CheckStep(Badge.ok(words.text("check.passed")), name, "");
            }
            if (step != check.failedAt()) {
                return new CheckStep(Badge.none(words.text("check.not-reached")), name, "");
            }
            var diagnosis = check.diagnosis();
            String text =
                    diagnosis != null
                            ? (words.french() ? diagnosis.french() : diagnosis.english())
                            : words.ofCode("endpoint.error.", check.problem());
            return new CheckStep(Badge.bad(words.text("check.failed")), name, text);
        }

        /** Who takes what nobody signed is there, and takes anything. */
        private static CheckStep answered(Words words, String name, int status) {
            String code = Integer.toString(status);
            return status / 100 == 2
                    ? new CheckStep(
                            Badge.held(words.text("check.unsafe")),
                            name,
                            words.text("check.answer.taken", code))
                    : new CheckStep(
                            Badge.ok(words.text("check.passed")),
                            name,
                            words.text("check.answer", code));
        }
    }
}
