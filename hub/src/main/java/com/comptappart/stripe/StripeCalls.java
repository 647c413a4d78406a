package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Reason;
import com.comptappart.kernel.Refused;
import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.RawRequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Stripe, never faster than it allows, and says whose fault it is where that fails; answers
 * are raw JSON, because the SDK's types lose fields when the API's version is not theirs.
 */
@Component
class StripeCalls {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_CALLS = 16;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration NO_KEY_AGAIN = Duration.ofMinutes(1);
    private static final Duration WRONG_KEY_AGAIN = Duration.ofSeconds(30);
    private static final Duration TOO_MANY_AGAIN = Duration.ofSeconds(2);
    private static final Duration IN_USE_AGAIN = Duration.ofSeconds(2);

    /** One call. */
    private record Call(
            Source source,
            RequestMethod method,
            String path,
            @Nullable String content,
            @Nullable String idempotencyKey) {

        /** What Stripe counts calls of. */
        String endpoint() {
            return source.environment()
                    + " "
                    + source.account()
                    + " "
                    + method
                    + " "
                    + StripePath.endpoint(path);
        }

        String shown() {
            return StripePath.withoutQuery(path);
        }

        String variable() {
            return "COMPTAPPART_STRIPE_" + source.environment().name() + "_APIKEY";
        }
    }

    private final Map<Environment, StripeClient> clients = new EnumMap<>(Environment.class);
    private final Circuits circuits;
    private final Semaphore room = new Semaphore(MAX_CALLS);
    private final RateLimit rate;
    private final Clock clock;

    static {
        Stripe.enableTelemetry = false;
    }

    StripeCalls(StripeProperties properties, Clock clock) {
        this.clock = clock;
        this.circuits = new Circuits(clock);
        this.rate = new RateLimit(properties.requestsPerSecond());
        var transport = new StripeTransport(MAX_CALLS, CONNECT_WITHIN, ANSWER_WITHIN, clock);
        for (Environment environment : Environment.values()) {
            String key = properties.of(environment).apiKey().strip();
            if (!key.isEmpty()) {
                // No retry here: the event's own schedule tries again without holding a call.
                clients.put(
                        environment,
                        StripeClient.builder()
                                .setApiKey(key)
                                .setApiBase(properties.apiBase().replaceAll("/+$", ""))
                                .setHttpClient(transport)
                                .setMaxNetworkRetries(0)
                                .build());
            }
        }
    }

    boolean canAsk(Environment environment) {
        return clients.containsKey(environment);
    }

    /**
     * Reads an object; empty where Stripe does not know it.
     *
     * @throws StripeUnavailable when Stripe can't be asked now
     * @throws Unreadable when Stripe refuses the question and would again
     */
    Optional<JsonNode> get(Source source, String path) {
        try {
            return Optional.of(answer(new Call(source, RequestMethod.GET, path, null, null)));
        } catch (StripeAnswer answer) {
            if (answer.status() == 400 && path.contains("expand[]=")) {
                // An API version that can't expand one of them still has the rest.
                return get(source, StripePath.withoutExpand(path));
            }
            if (answer.status() == 404) {
                return Optional.empty();
            }
            throw new Unreadable(
                    Reason.STRIPE_REFUSED.text(
                            answer.status(),
                            StripePath.withoutQuery(path),
                            StripeRefusal.of(answer).sentence()));
        }
    }

    /**
     * Has Stripe make something. The same key with the same parameters makes it once, as long as
     * Stripe keeps the key (24 hours at least).
     *
     * @throws StripeUnavailable when Stripe can't be asked now, or did not answer: whether it was
     *     made is not known, and the same key may be tried again
     * @throws Refused when Stripe refuses what the caller asked for
     */
    JsonNode post(Source source, String path, StripeForm form, String idempotencyKey) {
        return change(new Call(source, RequestMethod.POST, path, form.encoded(), idempotencyKey));
    }

    /**
     * Has Stripe end or take away something; once it is gone, Stripe refuses to do it again.
     *
     * @throws StripeUnavailable when Stripe can't be asked now, or did not answer: whether it was
     *     done is not known
     * @throws Refused when Stripe refuses what the caller asked for
     */
    JsonNode delete(Source source, String path) {
        return change(new Call(source, RequestMethod.DELETE, path, null, null));
    }

    private JsonNode change(Call call) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a transaction must not wait for Stripe");
        }
        try {
            return answer(call);
        } catch (StripeAnswer answer) {
            throw StripeRefusal.of(answer).refused();
        }
    }

    /**
     * @throws StripeAnswer where Stripe would answer the same again
     */
    private JsonNode answer(Call call) {
        var client = clients.get(call.source().environment());
        if (client == null) {
            throw StripeUnavailable.unconfigured(
                    Reason.STRIPE_KEY_MISSING.text(
                            call.source().environment().code(), call.variable()),
                    NO_KEY_AGAIN);
        }
        var source = call.source();
        circuits.check(source);
        enter(call);
        try {
            circuits.check(source);
            var body = ask(client, call);
            circuits.succeeded(source);
            return body;
        } catch (StripeAnswer answer) {
            failIfUnavailable(call, answer);
            circuits.succeeded(source);
            throw answer;
        } finally {
            room.release();
        }
    }

    private void enter(Call call) {
        var left = Duration.between(clock.instant(), call.source().until());
        try {
            if (left.isPositive() && rate.enter(call.endpoint(), left, room)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StripeUnavailable(Reason.STRIPE_TOO_SLOW.text(), null);
    }

    private JsonNode ask(StripeClient client, Call call) {
        try {
            var options = RawRequestOptions.builder();
            if (!call.source().account().isEmpty()) {
                options.setStripeAccount(call.source().account());
            }
            if (call.idempotencyKey() != null) {
                options.setIdempotencyKey(call.idempotencyKey());
            }
            var response =
                    client.rawRequest(call.method(), call.path(), call.content(), options.build());
            return JSON.readTree(response.body());
        } catch (StripeException e) {
            String reason = Reason.STRIPE_SILENT.text(call.shown(), String.valueOf(e.getMessage()));
            circuits.failed(call.source(), reason);
            throw new StripeUnavailable(reason, null);
        } catch (JacksonException e) {
            String reason = Reason.STRIPE_NO_JSON.text(call.shown());
            circuits.failed(call.source(), reason);
            throw new StripeUnavailable(reason, null);
        }
    }

    private void failIfUnavailable(Call call, StripeAnswer answer) {
        String reason = Reason.STRIPE_ANSWERED.text(answer.status(), call.shown());
        var wait = answer.retryAfter();
        switch (answer.status()) {
            case 401 -> {
                String check =
                        Reason.STRIPE_KEY_REFUSED.text(
                                answer.status(), call.shown(), call.variable());
                circuits.pause(call.source(), WRONG_KEY_AGAIN, check);
                throw new StripeUnavailable(check, WRONG_KEY_AGAIN);
            }
            case 403 ->
                    throw new StripeUnavailable(
                            Reason.STRIPE_KEY_MAY_NOT.text(
                                    answer.status(), call.shown(), call.variable()),
                            null);
            case 409 ->
                    // The first call with this key is still being done.
                    throw new StripeUnavailable(reason, wait == null ? IN_USE_AGAIN : wait);
            case 429 -> {
                var pause = wait == null ? TOO_MANY_AGAIN : wait;
                if (!StripeRefusal.of(answer).isOfOneObject()) {
                    circuits.pause(call.source(), pause, reason);
                }
                throw new StripeUnavailable(reason, pause);
            }
            default -> {
                if (!answer.isRefusal()) {
                    circuits.failed(call.source(), reason);
                    throw new StripeUnavailable(reason, wait);
                }
            }
        }
    }
}
