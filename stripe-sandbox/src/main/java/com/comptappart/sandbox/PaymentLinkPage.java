package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The address of a payment link: each visit goes on to a payment page of its own. */
final class PaymentLinkPage extends HtmlHandler {

    private final Store store;
    private final PaymentLinks links;
    private final Checkout checkout;

    PaymentLinkPage(Store store, PaymentLinks links, Checkout checkout) {
        this.store = store;
        this.links = links;
        this.checkout = checkout;
    }

    @Override
    void respond(HttpExchange exchange) throws IOException {
        List<String> segments = Http.segments(exchange);
        var html = new PageHtml(Words.of("", Http.header(exchange, "Accept-Language")));
        Optional<ObjectNode> found =
                segments.size() < 2
                        ? Optional.empty()
                        : store.locked(() -> links.at(segments.get(1)));
        if (found.isEmpty()) {
            Http.answer(exchange, 404, HTML, html.notice(html.words().noSession(), ""));
            return;
        }
        ObjectNode link = found.get();
        if (segments.size() == 3 && segments.get(2).equals("done")) {
            Http.answer(exchange, 200, HTML, html.notice(thanks(link, html.words()), ""));
            return;
        }
        if (!link.path("active").asBoolean()) {
            String why = link.path("inactive_message").asString(html.words().linkClosed());
            Http.answer(exchange, 410, HTML, html.notice(why, ""));
            return;
        }
        var query = Form.flat(Http.query(exchange));
        ObjectNode session =
                store.locked(() -> {
                    ObjectNode made = links.visit(link, query);
                    Optional.ofNullable(query.get("prefilled_promo_code"))
                            .ifPresent(
                                    code -> checkout.applyCode(made.path("id").asString(), code));
                    return made;
                });
        String page = session.path("url").asString();
        exchange.getResponseHeaders().set("Location", page);
        Http.answer(exchange, 303, HTML, html.notice("", page));
    }

    private static String thanks(ObjectNode link, Words words) {
        return link.path("after_completion")
                .path("hosted_confirmation")
                .path("custom_message")
                .asString(words.paid());
    }
}
