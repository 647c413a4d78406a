package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The payment page that a session's {@code url} leads to: a form that works without scripts. */
final class HostedPage extends HtmlHandler {

    private static final long WAIT_FOR_WEBHOOK_SECONDS = 10;

    private final Store store;
    private final Runnable catchUp;
    private final PaymentMethods methods;
    private final Checkout checkout;

    HostedPage(Store store, Runnable catchUp, PaymentMethods methods, Checkout checkout) {
        this.store = store;
        this.catchUp = catchUp;
        this.methods = methods;
        this.checkout = checkout;
    }

    @Override
    void respond(HttpExchange exchange) throws IOException {
        List<String> segments = Http.segments(exchange);
        String id = segments.size() == 3 ? segments.get(2) : "";
        Optional<ObjectNode> found = store.locked(() -> session(id));
        if (found.isEmpty()) {
            var html = new PageHtml(Words.of("", Http.header(exchange, "Accept-Language")));
            Http.answer(exchange, 404, HTML, html.notice(html.words().noSession(), ""));
            return;
        }
        ObjectNode session = found.get();
        var words =
                Words.of(
                        session.path("locale").asString(""),
                        Http.header(exchange, "Accept-Language"));
        var view = view(session, words);
        switch (session.path("status").asString()) {
            case "open" -> open(exchange, view);
            case "complete" -> goOn(exchange, session, words);
            default ->
                    Http.answer(
                            exchange,
                            410,
                            HTML,
                            new PageHtml(words)
                                    .notice(
                                            words.expired(),
                                            session.path("cancel_url").asString("")));
        }
    }

    private PaymentView view(ObjectNode session, Words words) {
        return store.locked(() -> {
            var deliveries = new HashMap<String, String>();
            session.path("shipping_options")
                    .forEach(option -> {
                        String id = option.path("shipping_rate").asString();
                        store.find(Kind.SHIPPING_RATE, id)
                                .ifPresent(rate ->
                                        deliveries.put(id, rate.path("display_name").asString()));
                    });
            List<ObjectNode> items = store.lineItems(session.path("id").asString());
            return new PaymentView(session, items, deliveries, words);
        });
    }

    private void open(HttpExchange exchange, PaymentView view) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            pay(exchange, view, new PayForm(Form.flat(Http.body(exchange)), view));
            return;
        }
        Http.answer(exchange, 200, HTML, view.form(Map.of(), Map.of(), ""));
    }

    private void pay(HttpExchange exchange, PaymentView view, PayForm form) throws IOException {
        form.check(store.now());
        if (!form.errors().isEmpty()) {
            showAgain(exchange, 400, view, form, "");
            return;
        }
        Words words = view.words();
        String id = view.session().path("id").asString();
        if (!form.code().isEmpty()) {
            apply(exchange, id, form, view);
            return;
        }
        Optional<String> delivery = form.otherDelivery();
        if (delivery.isPresent()) {
            boolean known =
                    store.locked(() -> checkout.deliverBy(id, delivery.get(), form.buyer()));
            showSums(exchange, known ? 200 : 400, id, form, words, words.deliveryChosen());
            return;
        }
        Checkout.Result result =
                store.locked(() -> checkout.pay(id, method(form), form.buyer(), form.answers()));
        switch (result) {
            case Checkout.Paid paid -> {
                waitFor(paid.answered());
                goOn(exchange, store.locked(() -> session(id)).orElseThrow(), words);
            }
            case Checkout.Declined declined ->
                    showAgain(exchange, 402, view, form, words.declined(declined.why()));
            case Checkout.Challenged challenged -> {
                exchange.getResponseHeaders().set("Location", challenged.url());
                Http.answer(exchange, 303, HTML, new PageHtml(words).notice("", challenged.url()));
            }
            case Checkout.NotPossible _, Checkout.NotAuthenticated _ ->
                    showAgain(exchange, 410, view, form, words.expired());
        }
    }

    /** The sums change: the buyer sees them before anything is charged. */
    private void apply(HttpExchange exchange, String id, PayForm form, PaymentView view)
            throws IOException {
        if (!store.locked(() -> checkout.applyCode(id, form.code()))) {
            form.refuseCode();
            showAgain(exchange, 400, view, form, "");
            return;
        }
        showSums(exchange, 200, id, form, view.words(), view.words().codeApplied());
    }

    private void showSums(
            HttpExchange exchange, int status, String id, PayForm form, Words words, String message)
            throws IOException {
        ObjectNode session = store.locked(() -> session(id)).orElseThrow();
        var changed = view(session, words);
        showAgain(exchange, status, changed, form, message);
    }

    private @Nullable ObjectNode method(PayForm form) {
        return form.instrument()
                .map(instrument -> methods.make(instrument, form.buyer().billingDetails()))
                .orElse(null);
    }

    private static void showAgain(
            HttpExchange exchange, int status, PaymentView view, PayForm form, String message)
            throws IOException {
        Http.answer(exchange, status, HTML, view.form(form.kept(), form.errors(), message));
    }

    /** Back to the shop, with the session's id where the shop asked for it. */
    static void goOn(HttpExchange exchange, ObjectNode session, Words words) throws IOException {
        String id = session.path("id").asString();
        String place =
                session.path("success_url")
                        .asString("")
                        .replace("{CHECKOUT_SESSION_ID}", id)
                        .replace("%7BCHECKOUT_SESSION_ID%7D", id);
        exchange.getResponseHeaders().set("Location", place);
        Http.answer(exchange, 303, HTML, new PageHtml(words).notice(words.paid(), place));
    }

    /** As Checkout does: the shop's webhook gets ten seconds to answer before the buyer goes on. */
    static void waitFor(CompletableFuture<Void> answered) {
        answered.completeOnTimeout(null, WAIT_FOR_WEBHOOK_SECONDS, TimeUnit.SECONDS).join();
    }

    private Optional<ObjectNode> session(String id) {
        catchUp.run();
        return store.find(Kind.SESSION, id).map(ObjectNode::deepCopy);
    }
}
