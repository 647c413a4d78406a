package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of {@code /v1}: who calls, what is asked, whether it was asked before, and Stripe's way
 * to answer.
 */
final class Api implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final String JSON = "application/json";
    private static final int CARD_DECLINED = 402;

    private final Store store;
    private final Routes routes;
    private final Runnable catchUp;
    private final Faults faults;
    private final Expansion expansion;
    private final Shapes shapes;
    private final Idempotency idempotency = new Idempotency();

    Api(Store store, Routes routes, Runnable catchUp, Faults faults) {
        this.store = store;
        this.routes = routes;
        this.catchUp = catchUp;
        this.faults = faults;
        this.expansion = new Expansion(store);
        this.shapes = new Shapes(store);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = Ids.random("req_", 14);
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Request-Id", requestId);
            headers.set("Stripe-Version", version(exchange));
            try {
                Idempotency.Given given = answer(exchange, requestId);
                if (isStripes(exchange) && faults.take(Faults.Switch.LOST_ANSWER)) {
                    return; // closes the connection: a fault that was asked for
                }
                Http.answer(exchange, given.status(), JSON, given.body());
            } catch (Refusal refusal) {
                refuse(exchange, refusal);
            } catch (RuntimeException bug) {
                LOG.error("Request {} failed; it is answered with a 500.", requestId, bug);
                refuse(exchange, Refusal.ourFault(requestId));
            }
        }
    }

    private Idempotency.Given answer(HttpExchange exchange, String requestId) throws IOException {
        String account = Credentials.require(Http.header(exchange, "Authorization"));
        String method = exchange.getRequestMethod();
        Params params = params(exchange, method);
        if (isStripes(exchange)) {
            faults.nextRefusal(requestId)
                    .ifPresent(refusal -> {
                        throw refusal;
                    });
        }
        List<String> segments = Http.segments(exchange);
        String path = "/" + String.join("/", segments);
        Routes.Match match =
                routes.find(method, segments).orElseThrow(() -> Refusal.noSuchUrl(method, path));
        String key =
                method.equals("POST")
                        ? Http.header(exchange, "Idempotency-Key").orElse(null)
                        : null;
        var call = new Call(path, match.ids(), params, new Cause(requestId, key));
        String scopedKey = key == null ? null : account + " " + key;
        String request = method + " " + path + " " + params.fingerprint();
        return store.locked(() -> answerOnce(exchange, match.action(), call, scopedKey, request));
    }

    private Idempotency.Given answerOnce(
            HttpExchange exchange,
            Routes.Action action,
            Call call,
            @Nullable String key,
            String request) {
        Optional<Idempotency.Given> before = idempotency.find(key, request);
        if (before.isPresent()) {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
            exchange.getResponseHeaders().set("Original-Request", before.get().requestId());
            return before.get();
        }
        catchUp.run();
        String requestId = Optional.ofNullable(call.cause().requestId()).orElse("");
        Idempotency.Given given;
        try {
            given = new Idempotency.Given(request, requestId, 200, body(exchange, action, call));
        } catch (Refusal refusal) {
            if (refusal.status() == CARD_DECLINED) { // the attempt was made, and counts
                String told = Json.pretty(refusal.envelope());
                idempotency.keep(
                        key, new Idempotency.Given(request, requestId, CARD_DECLINED, told));
            }
            throw refusal;
        }
        idempotency.keep(key, given);
        return given;
    }

    private String body(HttpExchange exchange, Routes.Action action, Call call) {
        List<String> expand = call.params().texts("expand");
        var object = action.answer(call);
        call.params().refuseUnread();
        var version = ApiVersion.ofTrain(version(exchange));
        return Json.pretty(shapes.write(expansion.render(object, expand), version));
    }

    private static boolean isStripes(HttpExchange exchange) {
        return exchange.getRequestURI().getRawPath().startsWith("/v1/");
    }

    private static String version(HttpExchange exchange) {
        return Http.header(exchange, "Stripe-Version").orElse(ApiVersion.DAHLIA.date());
    }

    private static Params params(HttpExchange exchange, String method) throws IOException {
        String query = Http.query(exchange);
        if (method.equals("GET")) {
            return new Params(Form.parse(query));
        }
        Optional<String> type = Http.header(exchange, "Content-Type");
        String body = Http.body(exchange);
        boolean form =
                type.map(t -> t.toLowerCase(Locale.ROOT).contains("form-urlencoded")).orElse(true);
        if (!form && !body.isEmpty()) {
            throw Refusal.of(
                    null,
                    null,
                    "Invalid request (check that your POST content type is application/x-www-form-urlencoded).");
        }
        String both = query.isEmpty() || body.isEmpty() ? query + body : query + "&" + body;
        return new Params(Form.parse(both));
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (refusal.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Stripe\"");
        }
        if (!refusal.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", refusal.retryAfter());
        }
        Http.answer(exchange, refusal.status(), JSON, Json.pretty(refusal.envelope()));
    }
}
