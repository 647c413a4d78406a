package com.comptappart.sandbox;

import static com.comptappart.sandbox.PageHtml.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The portal's page: subscriptions with what can be done, the card, and past invoices. */
record PortalView(
        ObjectNode session,
        List<ObjectNode> subscriptions,
        List<ObjectNode> invoices,
        Words words) {

    PortalView {
        subscriptions = List.copyOf(subscriptions);
        invoices = List.copyOf(invoices);
    }

    String page(Map<String, String> errors, String message) {
        var fields = new Fields(Map.of(), errors);
        var parts = new StringBuilder();
        if (!message.isEmpty()) {
            parts.append("<p class=\"alert\" role=\"status\">%s</p>".formatted(text(message)));
        }
        parts.append(
                "<h1>%s</h1>".formatted(text(words.say("Vos abonnements", "Your subscriptions"))));
        subscriptions.forEach(one -> parts.append(subscription(one, fields)));
        if (subscriptions.isEmpty()) {
            parts.append(
                    "<p>%s</p>"
                            .formatted(text(words.say("Aucun abonnement.", "No subscription."))));
        }
        parts.append(past());
        String main =
                "<section class=\"summary\">%s%s</section>%s"
                        .formatted(back(), parts, card(fields));
        return new PageHtml(words).page(words.say("Vos abonnements", "Your subscriptions"), main);
    }

    private String subscription(ObjectNode subscription, Fields fields) {
        ObjectNode item = SubscriptionItems.of(subscription).getFirst();
        JsonNode price = item.path("price");
        String id = subscription.path("id").asString();
        boolean ending = subscription.path("cancel_at_period_end").asBoolean();
        String until = day(SubscriptionItems.periodOf(subscription).end());
        String state =
                ending
                        ? words.say("S'arrête le ", "Ends on ") + until
                        : words.say("Se renouvelle le ", "Renews on ") + until;
        return """
        <div class="subscription"><p><b>%s</b><br>%s</p>%s%s</div>
        """
                .formatted(
                        text(
                                item.path("quantity").asLong()
                                        + " × "
                                        + unit(price)
                                        + RenewalWords.of(price, words)),
                        text(state),
                        form(
                                id,
                                "quantity",
                                fields.input(
                                        "quantity",
                                        words.say("Nouvelle quantité", "New quantity"),
                                        "number",
                                        "off"),
                                words.say("Changer la quantité", "Change the quantity")),
                        ending
                                ? form(
                                        id,
                                        "keep",
                                        "",
                                        words.say("Garder l'abonnement", "Keep the subscription"))
                                : form(
                                        id,
                                        "cancel",
                                        "",
                                        words.say(
                                                "Résilier à la fin de la période",
                                                "Cancel at the end of the period")));
    }

    private String unit(JsonNode price) {
        return price.path("unit_amount").isNumber()
                ? money(price.path("unit_amount").asLong(), price.path("currency").asString())
                : words.say("prix par paliers", "price by tiers");
    }

    private String card(Fields fields) {
        String inputs = MethodFields.cardInputs(fields, words);
        String legend = words.say("Carte de test", "Test card");
        return form(
                "",
                "card",
                "<fieldset><legend>%s</legend>%s</fieldset>".formatted(text(legend), inputs),
                words.say("Changer de carte", "Change the card"));
    }

    private String past() {
        var rows = new StringBuilder();
        for (ObjectNode invoice : invoices) {
            rows.append(
                    "<li><span>%s · %s</span><b>%s</b></li>"
                            .formatted(
                                    text(invoice.path("number").asString()),
                                    text(day(invoice.path("created").asLong())),
                                    text(
                                            money(
                                                    invoice.path("total").asLong(),
                                                    invoice.path("currency").asString()))));
        }
        return rows.isEmpty()
                ? ""
                : "<h1>%s</h1><ul>%s</ul>".formatted(text(words.say("Factures", "Invoices")), rows);
    }

    private String back() {
        String place = session.path("return_url").asString("");
        return PageHtml.isWebAddress(place)
                ? "<p><a href=\"%s\">%s</a></p>"
                        .formatted(
                                text(place),
                                text(words.say("← Retour à la boutique", "← Back to the shop")))
                : "";
    }

    private static String form(String subscription, String action, String inputs, String button) {
        return """
        <form method="post" novalidate>
        <input type="hidden" name="subscription" value="%s"><input type="hidden" name="action" value="%s">
        %s<button type="submit">%s</button></form>
        """
                .formatted(text(subscription), text(action), inputs, text(button));
    }

    private String money(long amount, String currency) {
        return Amounts.text(amount, currency, words.locale());
    }

    private String day(long second) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(words.locale())
                .format(Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC));
    }
}
