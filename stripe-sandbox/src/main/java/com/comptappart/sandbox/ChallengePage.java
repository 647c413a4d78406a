package com.comptappart.sandbox;

import static com.comptappart.sandbox.PageHtml.text;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The bank's page of 3-D Secure, with two buttons: it works or it doesn't. */
final class ChallengePage extends HtmlHandler {

    private final Store store;
    private final Payments payments;
    private final Checkout checkout;

    ChallengePage(Store store, Payments payments, Checkout checkout) {
        this.store = store;
        this.payments = payments;
        this.checkout = checkout;
    }

    @Override
    void respond(HttpExchange exchange) throws IOException {
        List<String> segments = Http.segments(exchange);
        String id = segments.size() == 3 ? segments.get(2) : "";
        var words = Words.of("", Http.header(exchange, "Accept-Language"));
        Optional<ObjectNode> waiting = store.locked(() -> waiting(id));
        if (waiting.isEmpty()) {
            Http.answer(exchange, 404, HTML, new PageHtml(words).notice(noChallenge(words), ""));
            return;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            Http.answer(exchange, 200, HTML, ask(waiting.get(), words));
            return;
        }
        Map<String, String> form = Form.flat(Http.body(exchange));
        boolean passed = form.getOrDefault("result", "").equals("passed");
        if (store.locked(() -> checkout.knows(id))) {
            answerSession(exchange, id, passed, words);
            return;
        }
        Payments.Attempt attempt = store.locked(() -> answerIntent(id, passed));
        goBack(exchange, id, attempt instanceof Payments.Succeeded, words);
    }

    private void answerSession(HttpExchange exchange, String id, boolean passed, Words words)
            throws IOException {
        Checkout.Result result =
                store.locked(() -> checkout.challenged(store.get(Kind.PAYMENT_INTENT, id), passed));
        ObjectNode session = store.locked(() -> checkout.sessionOf(id).deepCopy());
        String page = session.path("url").asString("");
        var html = new PageHtml(words);
        switch (result) {
            case Checkout.Paid paid -> {
                HostedPage.waitFor(paid.answered());
                HostedPage.goOn(exchange, session, words);
            }
            case Checkout.Declined declined ->
                    Http.answer(
                            exchange, 402, HTML, html.notice(words.declined(declined.why()), page));
            case Checkout.NotAuthenticated _ ->
                    Http.answer(exchange, 402, HTML, html.notice(notAuthenticated(words), page));
            case Checkout.Challenged _, Checkout.NotPossible _ ->
                    Http.answer(exchange, 410, HTML, html.notice(words.expired(), page));
        }
    }

    private Payments.Attempt answerIntent(String id, boolean passed) {
        ObjectNode intent = store.get(Kind.PAYMENT_INTENT, id);
        if (waiting(id).isEmpty()) {
            throw Refusal.unexpectedState(intent, "authenticate");
        }
        if (passed) {
            Payments.Attempt attempt = payments.pass(intent);
            payments.settled(intent);
            return attempt;
        }
        payments.fail(intent);
        return new Payments.Declined(new TestCard.Declines("card_declined", "generic_decline"));
    }

    /** To the {@code return_url} of an intent that was confirmed by API, as Stripe does. */
    private void goBack(HttpExchange exchange, String id, boolean succeeded, Words words)
            throws IOException {
        ObjectNode intent = store.locked(() -> store.get(Kind.PAYMENT_INTENT, id).deepCopy());
        String returnUrl = store.locked(() -> store.returnUrl(id));
        String message = succeeded ? words.paid() : notAuthenticated(words);
        if (returnUrl.isEmpty()) {
            Http.answer(exchange, 200, HTML, new PageHtml(words).notice(message, ""));
            return;
        }
        String place =
                returnUrl
                        + (returnUrl.contains("?") ? "&" : "?")
                        + "payment_intent="
                        + id
                        + "&payment_intent_client_secret="
                        + URLEncoder.encode(
                                intent.path("client_secret").asString(), StandardCharsets.UTF_8)
                        + "&redirect_status="
                        + (succeeded ? "succeeded" : "failed");
        exchange.getResponseHeaders().set("Location", place);
        Http.answer(exchange, 303, HTML, new PageHtml(words).notice(message, place));
    }

    private Optional<ObjectNode> waiting(String id) {
        return store.find(Kind.PAYMENT_INTENT, id)
                .filter(intent -> intent.path("status").asString().equals("requires_action"))
                .map(ObjectNode::deepCopy);
    }

    private static String ask(ObjectNode intent, Words words) {
        String amount =
                Amounts.text(
                        intent.path("amount").asLong(),
                        intent.path("currency").asString(),
                        words.locale());
        String main =
                """
                <section class="notice">
                <h1>%s</h1>
                <p class="total">%s</p>
                <p>%s</p>
                <form method="post" class="two">
                <button name="result" value="passed">%s</button>
                <button name="result" value="failed" class="second">%s</button>
                </form>
                </section>
                """
                        .formatted(
                                text(
                                        words.say(
                                                "Votre banque (3-D Secure)",
                                                "Your bank (3-D Secure)")),
                                text(amount),
                                text(
                                        words.say(
                                                "Le bac à sable joue la banque : choisissez ce qu'elle répond.",
                                                "The sandbox plays the bank: choose what it answers.")),
                                text(words.say("Réussir", "Pass")),
                                text(words.say("Échouer", "Fail")));
        return new PageHtml(words).page("3-D Secure", main);
    }

    private static String notAuthenticated(Words words) {
        return words.say(
                "Votre banque n'a pas pu vous authentifier. Rien n'a été débité.",
                "Your bank could not authenticate you. Nothing was charged.");
    }

    private static String noChallenge(Words words) {
        return words.say(
                "Aucune authentification n'est attendue ici.",
                "No authentication is awaited here.");
    }
}
