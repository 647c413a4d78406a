package com.comptappart.webhook;

import com.comptappart.kernel.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes the calls of each probe, with the signer and the HTTP client of every notification. */
@Component
class Prober {

    /** Orders from this number on are made up; the hub's own begin at 1. */
    static final long FIRST_ORDER = 2_000_000_000L;

    private static final long RUNS = 14_000_000L;
    private static final int LARGE_BYTES = 256 * 1024;
    private static final int AT_ONCE = 3;
    private static final Duration STALE = Duration.ofMinutes(10);
    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(2);
    private static final String UNKNOWN_TYPE = "certification.unknown_type";

    /** Letters that get lost where text is taken for ASCII, and a line end that JSON allows. */
    static final String NAME = "Zo\u00eb \u0141uk\u00e1\u0161 \u00c6 \ud83e\uddfe\u2028fin";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PartnerCalls calls;
    private final Clock clock;

    Prober(PartnerCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * What the probes of one run share.
     *
     * @param first ends the number of the first order
     */
    record Run(Target target, String scenario, long first, Message valid) {

        long order(Probe probe) {
            return first + Math.max(0, Probe.all().indexOf(probe));
        }
    }

    Run run(Target target, String scenario, long position) {
        // Ten orders for each run: a receiver may well refuse an order that it has.
        long first = FIRST_ORDER + position % RUNS * 10;
        return new Run(
                target, scenario, first, signed(target, body("order.created", first), now()));
    }

    List<ProbeCall> probe(Run run, Probe probe) throws InterruptedException {
        var target = run.target();
        long order = run.order(probe);
        String body = body("order.created", order);
        return switch (probe) {
            case VALID -> send(target, run.valid());
            case FORGED -> send(target, signed(forger(target), body, now()));
            case STALE -> send(target, signed(target, body, now().minus(STALE)));
            case RESERIALISED -> send(target, signed(target, body, now()).saying(written(body)));
            case DUPLICATE ->
                    send(
                            target,
                            Message.signed(
                                    target.secrets(), run.valid().id(), now(), run.valid().body()));
            case UNKNOWN_TYPE ->
                    send(
                            target,
                            signed(
                                    target,
                                    body.replaceFirst("order\\.created", UNKNOWN_TYPE),
                                    now()));
            case ACCENTS ->
                    send(target, signed(target, body.replaceAll("Marie(?= |\")", NAME), now()));
            case LARGE -> send(target, signed(target, large(body), now()));
            case SLOW -> slow(target, order);
            case OUT_OF_ORDER ->
                    send(
                            target,
                            signed(target, body("order.refunded", order), now()),
                            signed(target, body, now()));
            case SAMPLE -> send(target, signed(target, body(run.scenario(), run.first()), now()));
        };
    }

    /** One after the other, at the pace that the endpoint has. */
    private List<ProbeCall> send(Target target, Message... messages) throws InterruptedException {
        var made = new ArrayList<ProbeCall>();
        for (Message message : messages) {
            var pace = target.pace();
            if (pace != null) {
                Thread.sleep(Duration.ofSeconds(1).dividedBy(pace.perSecond()));
            }
            made.add(ProbeCall.of(message, calls.send(target, message)));
        }
        return made;
    }

    /** Several at once, each written within a third of the time that the endpoint has. */
    private List<ProbeCall> slow(Target target, long order) throws InterruptedException {
        var third = target.timeout().dividedBy(3);
        var spread = third.compareTo(LONGEST_SPREAD) < 0 ? third : LONGEST_SPREAD;
        var tasks = new ArrayList<Callable<ProbeCall>>();
        for (int i = 0; i < AT_ONCE; i++) {
            var message =
                    signed(target, body("subscription.updated", order), now()).spreadOver(spread);
            tasks.add(() -> ProbeCall.of(message, calls.send(target, message)));
        }
        var made = new ArrayList<ProbeCall>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ProbeCall> each : threads.invokeAll(tasks)) {
                made.add(each.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return made;
    }

    private Instant now() {
        return clock.instant();
    }

    private String body(String eventType, long order) {
        return PublishedBodies.invented(eventType, order, now());
    }

    private static Message signed(Target target, String body, Instant at) {
        return Message.signed(target.secrets(), Ids.next("msg_certification"), at, body);
    }

    /** The same endpoint, with secrets that somebody made up. */
    private static Target forger(Target target) {
        return target.with(
                target.secrets().stream()
                        .map(secret ->
                                secret.startsWith(SigningKeyPair.SECRET_PREFIX)
                                        ? SigningKeyPair.make().secret()
                                        : Signer.newSecret())
                        .toList());
    }

    /** The same JSON as a program writes it that has read it. */
    private static String written(String body) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(body));
    }

    private static String large(String body) {
        String filled = "\"metadata\":{\"certification\":\"";
        int missing = LARGE_BYTES - body.length() - filled.length();
        return body.replace("\"metadata\":{}", filled + "x".repeat(Math.max(0, missing)) + "\"}");
    }
}
