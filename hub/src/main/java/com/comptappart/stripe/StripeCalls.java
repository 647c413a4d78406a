package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiResource;
import com.stripe.net.RawRequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Stripe and says whose fault it is where that fails; answers are raw JSON, because the SDK's
 * types lose fields when the API's version is not theirs.
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

    /** One mode's client, and whether it is worth asking. */
    private record Line(StripeClient client, Circuit circuit) {}

    private final Map<Environment, Line> lines = new EnumMap<>(Environment.class);
    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private final Clock clock;

    static {
        Stripe.enableTelemetry = false;
    }

    StripeCalls(StripeProperties properties, Clock clock) {
        this.clock = clock;
        var transport = new StripeTransport(MAX_CALLS, CONNECT_WITHIN, ANSWER_WITHIN, clock);
        for (Environment environment : Environment.values()) {
            String key = properties.of(environment).apiKey().strip();
            if (!key.isEmpty()) {
                // No retry here: the event's own schedule tries again without holding a call.
                var client =
                        StripeClient.builder()
                                .setApiKey(key)
                                .setApiBase(properties.apiBase().replaceAll("/+$", ""))
                                .setHttpClient(transport)
                                .setMaxNetworkRetries(0)
                                .build();
                lines.put(environment, new Line(client, new Circuit(clock)));
            }
        }
    }

    boolean canAsk(Environment environment) {
        return lines.containsKey(environment);
    }

    /**
     * Reads an object; empty where Stripe does not know it.
     *
     * @throws StripeUnavailable when Stripe can't be asked now
     * @throws Unreadable when Stripe refuses the question and would again
     */
    Optional<JsonNode> get(Source source, String path) {
        var line = lines.get(source.environment());
        if (line == null) {
            throw new StripeUnavailable(
                    "no Stripe API key for "
                            + source.environment().code()
                            + ": set "
                            + variable(source),
                    NO_KEY_AGAIN);
        }
        line.circuit().check();
        acquire(source);
        try {
            line.circuit().check();
            return attempt(line, source, path);
        } finally {
            calls.release();
        }
    }

    private static Optional<JsonNode> attempt(Line line, Source source, String path) {
        try {
            var body = ask(line, source, path);
            line.circuit().succeeded();
            return Optional.of(body);
        } catch (StripeAnswer answer) {
            if (answer.status() == 400 && path.contains("expand[]=")) {
                // An API version that can't expand one of them still has the rest.
                return attempt(line, source, withoutExpand(path));
            }
            return answered(line, source, path, answer);
        }
    }

    private void acquire(Source source) {
        long millis = Duration.between(clock.instant(), source.until()).toMillis();
        try {
            if (millis > 0 && calls.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StripeUnavailable("Stripe answers too slowly for all that is asked", null);
    }

    private static JsonNode ask(Line line, Source source, String path) {
        String shown = withoutQuery(path);
        try {
            var options = RawRequestOptions.builder();
            if (!source.account().isEmpty()) {
                options.setStripeAccount(source.account());
            }
            var response =
                    line.client()
                            .rawRequest(ApiResource.RequestMethod.GET, path, null, options.build());
            return JSON.readTree(response.body());
        } catch (StripeException e) {
            String reason = "Stripe gave no answer to " + shown + ": " + e.getMessage();
            line.circuit().failed(reason);
            throw new StripeUnavailable(reason, null);
        } catch (JacksonException e) {
            String reason = "Stripe's answer to " + shown + " is not JSON";
            line.circuit().failed(reason);
            throw new StripeUnavailable(reason, null);
        }
    }

    private static Optional<JsonNode> answered(
            Line line, Source source, String path, StripeAnswer answer) {
        String reason = "Stripe answered " + answer.status() + " to " + withoutQuery(path);
        if (answer.status() == 404) {
            line.circuit().succeeded();
            return Optional.empty();
        }
        if (answer.status() == 401) {
            line.circuit().pause(WRONG_KEY_AGAIN, reason + ": check " + variable(source));
            throw new StripeUnavailable(reason + ": check " + variable(source), WRONG_KEY_AGAIN);
        }
        if (answer.status() == 403) {
            throw new StripeUnavailable(
                    reason + ": check what the key in " + variable(source) + " may read", null);
        }
        if (answer.isRefusal()) {
            throw new Unreadable(reason + ": " + said(answer));
        }
        var wait = answer.retryAfter();
        if (answer.status() == 429) {
            line.circuit().pause(wait == null ? TOO_MANY_AGAIN : wait, reason);
            throw new StripeUnavailable(reason, wait == null ? TOO_MANY_AGAIN : wait);
        }
        line.circuit().failed(reason);
        throw new StripeUnavailable(reason, wait);
    }

    /** Stripe's own sentence. */
    private static String said(StripeAnswer answer) {
        try {
            String text =
                    JSON.readTree(String.valueOf(answer.getMessage()))
                            .path("error")
                            .path("message")
                            .asString("");
            return Clean.line(text.substring(0, Math.min(text.length(), 300)));
        } catch (JacksonException e) {
            return "";
        }
    }

    private static String variable(Source source) {
        return "COMPTAPPART_STRIPE_" + source.environment().name() + "_APIKEY";
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static String withoutExpand(String path) {
        return path.replaceAll("expand\\[]=[^&]*&?", "").replaceAll("[?&]$", "");
    }
}
