package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The page that a portal session's {@code url} leads to: forms that work without scripts. */
final class PortalPage extends HtmlHandler {

    private final Store store;
    private final PortalSessions sessions;
    private final PortalDesk desk;
    private final PaymentMethods methods;

    PortalPage(Store store, PortalSessions sessions, PortalDesk desk, PaymentMethods methods) {
        this.store = store;
        this.sessions = sessions;
        this.desk = desk;
        this.methods = methods;
    }

    @Override
    void respond(HttpExchange exchange) throws IOException {
        List<String> segments = Http.segments(exchange);
        String secret = segments.size() == 3 ? segments.get(2) : "";
        Optional<ObjectNode> session = store.locked(() -> sessions.opened(secret));
        var words =
                Words.of(
                        session.map(one -> one.path("locale").asString("")).orElse(""),
                        Http.header(exchange, "Accept-Language"));
        if (session.isEmpty()) {
            String gone =
                    words.say(
                            "Ce lien n'existe pas ou a expiré. Demandez-en un autre à la boutique.",
                            "There is no such link, or it has expired. Ask the shop for another.");
            Http.answer(exchange, 404, HTML, new PageHtml(words).notice(gone, ""));
            return;
        }
        var errors = new LinkedHashMap<String, String>();
        String done = "";
        if (exchange.getRequestMethod().equals("POST")) {
            Map<String, String> form = Form.flat(Http.body(exchange));
            done = store.locked(() -> act(session.get(), form, words, errors));
        }
        String message = done;
        String html = store.locked(() -> view(session.get(), words).page(errors, message));
        Http.answer(exchange, errors.isEmpty() ? 200 : 400, HTML, html);
    }

    private PortalView view(ObjectNode session, Words words) {
        String customer = session.path("customer").asString();
        return new PortalView(
                session, desk.subscriptions(customer), desk.invoices(customer), words);
    }

    /** What was done, in words; nothing when something is wrong with the form. */
    private String act(
            ObjectNode session, Map<String, String> form, Words words, Map<String, String> errors) {
        String customer = session.path("customer").asString();
        String subscription = form.getOrDefault("subscription", "");
        return switch (form.getOrDefault("action", "")) {
            case "cancel" -> {
                desk.cancelAtPeriodEnd(customer, subscription, true);
                yield words.say(
                        "L'abonnement s'arrêtera à la fin de la période.",
                        "The subscription will end with its period.");
            }
            case "keep" -> {
                desk.cancelAtPeriodEnd(customer, subscription, false);
                yield words.say("L'abonnement continue.", "The subscription goes on.");
            }
            case "quantity" -> setQuantity(customer, subscription, form, words, errors);
            case "card" -> setCard(customer, form, words, errors);
            default ->
                    throw Refusal.of(
                            null, "action", "This page knows cancel, keep, quantity, card.");
        };
    }

    private String setQuantity(
            String customer,
            String subscription,
            Map<String, String> form,
            Words words,
            Map<String, String> errors) {
        String quantity = form.getOrDefault("quantity", "").strip();
        if (!quantity.matches("[1-9][0-9]{0,5}")) {
            errors.put(
                    "quantity",
                    words.say("Un nombre de 1 à 999 999.", "A number from 1 to 999,999."));
            return "";
        }
        desk.setQuantity(customer, subscription, Long.parseLong(quantity));
        return words.say("La quantité est changée.", "The quantity is changed.");
    }

    private String setCard(
            String customer, Map<String, String> form, Words words, Map<String, String> errors) {
        Optional<Instrument> typed = new TypedCard(form, words).read(store.now(), errors);
        if (typed.isEmpty() || !errors.isEmpty()) {
            return "";
        }
        ObjectNode owner = store.get(Kind.CUSTOMER, customer);
        try {
            desk.setCard(customer, methods.make(typed.get(), Payer.of(owner).billingDetails()));
        } catch (Refusal declined) {
            errors.put("card_number", declined.words());
            return "";
        }
        return words.say("La nouvelle carte est enregistrée.", "The new card is saved.");
    }
}
