package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pages for people: what the sandbox holds, kind by kind, each object as JSON, and the deliveries
 * of an event, which can be sent again. Open to browsers on this machine only.
 */
final class BrowsePages extends HtmlHandler {

    static final int ROWS = 50;

    private final Store store;
    private final Events events;
    private final DeliveryLog log;
    private final WebhookEndpoints endpoints;
    private final String host;

    BrowsePages(
            Store store,
            Events events,
            DeliveryLog log,
            WebhookEndpoints endpoints,
            String baseUrl) {
        this.store = store;
        this.events = events;
        this.log = log;
        this.endpoints = endpoints;
        this.host = baseUrl.substring("http://".length());
    }

    @Override
    void respond(HttpExchange exchange) throws IOException {
        requireThisMachine(exchange);
        var view = new BrowseView(Words.of("", Http.header(exchange, "Accept-Language")));
        List<String> segments = Http.segments(exchange);
        if (segments.isEmpty()) {
            Http.answer(exchange, 200, HTML, list(exchange, view));
            return;
        }
        String id = segments.size() == 2 ? segments.get(1) : "";
        Optional<ObjectNode> found = store.locked(() -> find(id));
        if (found.isEmpty()) {
            Http.answer(exchange, 404, HTML, view.nothing(id));
            return;
        }
        if (!isEvent(found.get())) {
            Http.answer(exchange, 200, HTML, view.object(found.get()));
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            HostedPage.waitFor(store.locked(() -> events.redeliver(id)));
            exchange.getResponseHeaders().set("Location", "/events/" + id);
            Http.answer(exchange, 303, HTML, "");
            return;
        }
        Http.answer(exchange, 200, HTML, view.event(found.get(), deliveries(id)));
    }

    private String list(HttpExchange exchange, BrowseView view) {
        Map<String, String> query = Form.flat(Http.query(exchange));
        Kind kind = kind(query.getOrDefault("kind", ""));
        String type = query.getOrDefault("type", "").strip();
        Predicate<ObjectNode> wanted =
                object -> type.isEmpty() || Events.fits(type, object.path("type").asString(""));
        return store.locked(() -> {
            List<ObjectNode> all = store.newestFirst(kind).stream().filter(wanted).toList();
            int from = position(all, query.getOrDefault("after", ""));
            int to = Math.min(all.size(), from + ROWS);
            var counts = new EnumMap<Kind, Integer>(Kind.class);
            for (Kind each : Kind.values()) {
                counts.put(each, store.count(each));
            }
            return view.list(kind, type, counts, all.subList(from, to), to < all.size());
        });
    }

    private List<BrowseView.Delivered> deliveries(String event) {
        return log.of(event).stream()
                .map(attempt ->
                        new BrowseView.Delivered(
                                store.locked(() -> endpoints.address(attempt.endpoint())), attempt))
                .toList();
    }

    private Optional<ObjectNode> find(String id) {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> store.find(kind, id).stream())
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    private static boolean isEvent(ObjectNode object) {
        return object.path("object").asString().equals(Kind.EVENT.word());
    }

    private static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElse(Kind.EVENT);
    }

    private static int position(List<ObjectNode> all, String after) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path("id").asString().equals(after)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Neither a name that was bent to loopback nor a form on another site gets in. */
    private void requireThisMachine(HttpExchange exchange) {
        String asked = Http.header(exchange, "Host").orElse("");
        boolean here = asked.equals(host) || asked.equals(host.replace("127.0.0.1", "localhost"));
        boolean formElsewhere =
                exchange.getRequestMethod().equals("POST")
                        && Http.header(exchange, "Sec-Fetch-Site")
                                .filter("cross-site"::equals)
                                .isPresent();
        if (!here || formElsewhere) {
            throw Refusal.forbidden("Open these pages at http://%s/.".formatted(host));
        }
    }
}
