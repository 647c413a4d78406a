package com.comptappart.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Stripe of canned objects on a free loopback port: sessions with their lines, products, payment
 * intents, charges, payment links. It counts calls and can be told to fail.
 */
public final class StripeStub implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final java.util.Set<String> LISTS =
            java.util.Set.of(
                    "checkout/sessions", "invoice_payments", "refunds", "invoices", "credit_notes");

    /** One line of a cart; the product is made with the partner's word where one is given. */
    public record Line(String name, long quantity, long total, String product) {}

    /** What the stub answers instead, before it looks for an object or makes one. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), "{\"error\":{\"message\":\"as told\"}}");
        }
    }

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final Map<String, List<ObjectNode>> lines = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final List<String> accounts = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final StubPosts posts = new StubPosts();
    private final StubLists lists = new StubLists();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<String, @Nullable Answer> fault = _ -> null;
    private volatile boolean hangs;
    private volatile boolean expands = true;
    private final int port;

    private StripeStub(int port) throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 512);
        this.port = server.getAddress().getPort();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        posts.making("/v1/checkout/sessions", this::newSession);
        posts.making(
                "/v1/billing_portal/sessions",
                posted ->
                        object("billing_portal.session", "bps_" + posts.next())
                                .put("url", "https://billing.stripe.com/p/" + posts.next()));
        posts.making(
                "/v1/refunds",
                posted ->
                        object("refund", "re_" + posts.next())
                                .put("status", "succeeded")
                                .put("amount", Long.parseLong(posted.form().get("amount"))));
        server.start();
    }

    public static StripeStub start() {
        return start(0);
    }

    /** On a port where another one was, as after an outage. */
    public static StripeStub start(int port) {
        try {
            return new StripeStub(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    /** A product, with or without a partner's word in its metadata. */
    public StripeStub product(String id, @Nullable String partner) {
        return partner == null
                ? product(id, Map.of(), "")
                : product(id, Map.of("partner", partner), "");
    }

    public StripeStub product(String id, Map<String, String> metadata, String name) {
        var product = object("product", id);
        product.put("name", name.isEmpty() ? "Product " + id : name);
        product.set("metadata", JSON.valueToTree(metadata));
        objects.put("products/" + id, product);
        return this;
    }

    public StripeStub put(String path, String json) {
        objects.put(path, (ObjectNode) JSON.readTree(json));
        return this;
    }

    /** A subscription that a POST has end later or go on, and a DELETE ends. */
    public StripeStub subscription(ObjectNode subscription) {
        String path = "subscriptions/" + subscription.path("id").asString();
        objects.put(path, subscription);
        posts.making("/v1/" + path, posted -> StubEndings.change(known(path), posted.form()));
        return this;
    }

    public StripeStub forget(String path) {
        objects.remove(path);
        return this;
    }

    /** A paid session of these lines, with a payment intent and a charge by card. */
    public StripeStub session(String id, Line... cart) {
        var items = new ArrayList<ObjectNode>();
        for (Line line : cart) {
            var item = object("item", "li_" + id + "_" + items.size());
            item.put("description", line.name());
            item.put("quantity", line.quantity());
            item.put("amount_subtotal", line.total());
            item.put("amount_discount", 0);
            item.put("amount_tax", 0);
            item.put("amount_total", line.total());
            item.putObject("price").put("id", "price_1").put("product", line.product());
            items.add(item);
        }
        lines.put(id, items);
        long total = items.stream().mapToLong(i -> i.path("amount_total").longValue()).sum();
        var session = JSON.readTree(SESSION.formatted(id, intentOf(id), total, total));
        objects.put("checkout/sessions/" + id, (ObjectNode) session);
        var intent = object("payment_intent", intentOf(id));
        intent.put("amount", total).put("latest_charge", chargeOf(id)).putObject("metadata");
        objects.put("payment_intents/" + intentOf(id), intent);
        objects.put(
                "charges/" + chargeOf(id),
                (ObjectNode) JSON.readTree(CHARGE.formatted(chargeOf(id))));
        return this;
    }

    /** The session as it is kept here, to be changed in place. */
    public ObjectNode session(String id) {
        return known("checkout/sessions/" + id);
    }

    public ObjectNode intent(String session) {
        return known("payment_intents/" + intentOf(session));
    }

    public List<ObjectNode> lines(String session) {
        return lines.getOrDefault(session, List.of());
    }

    public static String intentOf(String session) {
        return session.replaceFirst("^cs_", "pi_");
    }

    public static String chargeOf(String session) {
        return session.replaceFirst("^cs_", "ch_");
    }

    /** The event that tells of the session's payment, as Stripe would send it: without lines. */
    public String completed(String eventId, String session) {
        return event(eventId, "checkout.session.completed", session(session)).toString();
    }

    public ObjectNode event(String eventId, String type, JsonNode object) {
        var event = object("event", eventId);
        event.put("type", type);
        event.put("api_version", "2026-07-29.dahlia");
        event.put("created", Instant.now().getEpochSecond());
        event.put("livemode", false);
        event.putObject("data").set("object", object.deepCopy());
        return event;
    }

    /** The same event with the lines and their products in it. */
    public ObjectNode completedWithLines(String eventId, String session) {
        var whole = session(session).deepCopy();
        whole.set("line_items", page(lines(session), "/v1/x", true, 100, ""));
        return event(eventId, "checkout.session.completed", whole);
    }

    /** Answers that instead of an object, for paths where the function gives one. */
    public StripeStub answering(Function<String, @Nullable Answer> answer) {
        this.fault = answer;
        return this;
    }

    public StripeStub answering(int status) {
        return answering(_ -> Answer.of(status));
    }

    public StripeStub answeringAgain() {
        hangs = false;
        return answering(_ -> null);
    }

    /** Takes calls and gives no answer. */
    public StripeStub hanging() {
        hangs = true;
        return this;
    }

    /** Ignores {@code expand[]}, as a simple stub does. */
    public StripeStub withoutExpand() {
        expands = false;
        return this;
    }

    /** A price of a product; recurring where an interval is given. */
    public StripeStub price(String id, String product, long amount, @Nullable String interval) {
        var price = object("price", id).put("product", product).put("unit_amount", amount);
        price.put("currency", "eur").put("type", interval == null ? "one_time" : "recurring");
        if (interval != null) {
            price.putObject("recurring").put("interval", interval);
        }
        objects.put("prices/" + id, price);
        return this;
    }

    public StubPosts posts() {
        return posts;
    }

    public StubLists lists() {
        return lists;
    }

    private ObjectNode newSession(StubPosts.Posted posted) {
        String id = "cs_made_" + posts.next();
        var form = posted.form();
        var cart = new ArrayList<Line>();
        for (int i = 0; form.containsKey("line_items[" + i + "][price]"); i++) {
            var price = known("prices/" + form.get("line_items[" + i + "][price]"));
            long quantity = Long.parseLong(form.get("line_items[" + i + "][quantity]"));
            cart.add(
                    new Line(
                            "Line " + i,
                            quantity,
                            quantity * price.path("unit_amount").longValue(),
                            price.path("product").asString()));
        }
        session(id, cart.toArray(Line[]::new));
        var session = session(id);
        session.put("mode", form.get("mode")).put("url", url() + "/c/pay/" + id);
        session.put("expires_at", Instant.now().getEpochSecond() + 86_400);
        var metadata = session.putObject("metadata");
        form.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.put(name.substring(9, name.length() - 1), value);
            }
        });
        var answer = session.deepCopy();
        answer.set("line_items", page(lines(id), "/v1/x", false, 10, ""));
        return answer;
    }

    /** How often a path was asked for; a part of it is enough. */
    public int calls(String part) {
        return calls.entrySet().stream()
                .filter(each -> each.getKey().contains(part))
                .mapToInt(each -> each.getValue().get())
                .sum();
    }

    /** The {@code Stripe-Account} headers that came. */
    public List<String> accounts() {
        return accounts;
    }

    public StripeStub countAnew() {
        calls.clear();
        return this;
    }

    /** An object as it is kept here. */
    public ObjectNode known(String path) {
        var found = objects.get(path);
        if (found == null) {
            throw new IllegalArgumentException("the stub has no " + path);
        }
        return found;
    }

    private static ObjectNode object(String type, String id) {
        return JSON.createObjectNode().put("id", id).put("object", type);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            calls.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
            String account = exchange.getRequestHeaders().getFirst("Stripe-Account");
            if (account != null) {
                accounts.add(account);
            }
            var posted = posted(exchange, path, account == null ? "" : account);
            if (hangs) {
                closed.await();
                return;
            }
            var told = fault.apply(path);
            if (told != null) {
                told.headers().forEach(exchange.getResponseHeaders()::add);
                send(exchange, told.status(), told.body());
                return;
            }
            if (posted != null) {
                send(exchange, 200, posts.make(posted).toString());
                return;
            }
            if (exchange.getRequestMethod().equals("DELETE")) {
                boolean ended = StubEndings.end(known(path.substring(4)));
                send(
                        exchange,
                        ended ? 200 : 404,
                        ended ? known(path.substring(4)).toString() : GONE);
                return;
            }
            var listed = lists.find(account == null ? "" : account, path, query(exchange));
            var found = listed == null ? find(path, query(exchange)) : listed;
            send(exchange, found == null ? 404 : 200, found == null ? GONE : found.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StubPosts.@Nullable Posted posted(HttpExchange exchange, String path, String account)
            throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("POST")) {
            return null;
        }
        Map<String, String> form = new LinkedHashMap<>();
        parameters(body).forEach((name, values) -> form.put(name, values.getFirst()));
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        var posted = new StubPosts.Posted(path, form, key, account);
        posts.note(posted);
        return posted;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private @Nullable JsonNode find(String path, Map<String, List<String>> query) {
        String object = path.replaceFirst("^/v1/", "");
        boolean expand = expands && query.containsKey("expand[]");
        if (object.endsWith("/line_items")) {
            String session = object.split("/")[2];
            if (!objects.containsKey("checkout/sessions/" + session)) {
                return null;
            }
            int limit = Integer.parseInt(query.getOrDefault("limit", List.of("10")).getFirst());
            String after = query.getOrDefault("starting_after", List.of("")).getFirst();
            return page(lines(session), path, expand, limit, after);
        }
        if (LISTS.contains(object)) {
            return list(object, query);
        }
        var found = objects.get(object);
        if (found == null || !expand) {
            return found;
        }
        var whole = found.deepCopy();
        if (object.startsWith("checkout/sessions/")) {
            String id = whole.path("id").asString();
            whole.set("line_items", page(lines(id), path + "/line_items", true, 100, ""));
            var intent = objects.get("payment_intents/" + intentOf(id));
            if (intent != null && !whole.path("payment_intent").isNull()) {
                whole.set("payment_intent", expandCharge(intent.deepCopy()));
            }
        }
        return object.startsWith("payment_intents/") ? expandCharge(whole) : whole;
    }

    /** As {@link #listed} put it there: the objects that the question's filter names. */
    private ObjectNode list(String object, Map<String, List<String>> query) {
        var list = JSON.createObjectNode().put("object", "list").put("url", "/v1/" + object);
        list.put("has_more", false);
        var data = list.putArray("data");
        query.forEach((field, values) ->
                values.forEach(value ->
                        lines.getOrDefault(object + "?" + field + "=" + value, List.of())
                                .forEach(data::add)));
        return list;
    }

    /** What a list answers to a filter such as {@code subscription=sub_1}. */
    public StripeStub listed(String path, String filter, String... json) {
        lines.put(
                path + "?" + filter,
                java.util.Arrays.stream(json)
                        .map(each -> (ObjectNode) JSON.readTree(each))
                        .toList());
        return this;
    }

    private ObjectNode expandCharge(ObjectNode intent) {
        var charge = objects.get("charges/" + intent.path("latest_charge").asString(""));
        if (charge != null) {
            intent.set("latest_charge", charge);
        }
        return intent;
    }

    private ObjectNode page(
            List<ObjectNode> all, String url, boolean expand, int limit, String after) {
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path("id").asString("").equals(after)) {
                from = i + 1;
            }
        }
        int to = Math.min(all.size(), from + limit);
        var list = JSON.createObjectNode().put("object", "list").put("url", url);
        list.put("has_more", to < all.size());
        ArrayNode data = list.putArray("data");
        for (ObjectNode line : all.subList(from, to)) {
            var copy = line.deepCopy();
            var product =
                    objects.get("products/" + line.path("price").path("product").asString(""));
            if (expand && product != null) {
                ((ObjectNode) copy.get("price")).set("product", product);
            }
            data.add(copy);
        }
        return list;
    }

    private static Map<String, List<String>> query(HttpExchange exchange) {
        return parameters(exchange.getRequestURI().getRawQuery());
    }

    private static Map<String, List<String>> parameters(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.computeIfAbsent(decode(part.substring(0, equals)), _ -> new ArrayList<>())
                        .add(decode(part.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static final String GONE =
            "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\"}}";

    private static final String SESSION =
            """
            {"id":"%s","object":"checkout.session","mode":"payment","status":"complete","payment_status":"paid",
             "payment_intent":"%s","amount_subtotal":%d,"amount_total":%d,"currency":"eur","livemode":false,"locale":"fr",
             "automatic_tax":{"enabled":false,"status":null},"shipping_cost":null,"payment_link":null,
             "customer_details":{"email":"marie.martin@example.com","name":"Marie Martin","phone":"+33687654321",
               "address":{"line1":"1 rue Sainte-Catherine","line2":null,"postal_code":"33000","city":"Bordeaux","country":"FR"},
               "tax_exempt":"none","tax_ids":[]},
             "custom_fields":[],"metadata":{}}
            """;

    private static final String CHARGE =
            """
            {"id":"%s","object":"charge","created":1790000000,"paid":true,
             "payment_method_details":{"type":"card","card":{"brand":"visa","last4":"4242"}}}
            """;
}
