package com.comptappart.sandbox;

import static com.comptappart.sandbox.PageHtml.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The payment page of one session: what is bought on one side, the form on the other. */
final class PaymentView {

    private final ObjectNode session;
    private final List<ObjectNode> items;
    private final Map<String, String> deliveries;
    private final Words words;

    /**
     * @param deliveries names of shipping rates by their ids
     */
    PaymentView(
            ObjectNode session,
            List<ObjectNode> items,
            Map<String, String> deliveries,
            Words words) {
        this.deliveries = Map.copyOf(deliveries);
        this.session = session;
        this.items = List.copyOf(items);
        this.words = words;
    }

    ObjectNode session() {
        return session;
    }

    Words words() {
        return words;
    }

    /** The page with what was typed before, what is wrong with it, and a message above all. */
    String form(Map<String, String> typed, Map<String, String> errors, String message) {
        var fields = new Fields(typed, errors);
        String alert = message.isEmpty() ? firstAlert(errors) : message;
        String main =
                """
                <section class="summary">
                %s
                </section>
                <form method="post" novalidate>
                %s
                %s
                %s
                %s
                <button type="submit">%s</button>
                </form>
                """
                        .formatted(
                                summary(),
                                alert.isEmpty()
                                        ? ""
                                        : "<p class=\"alert\" role=\"alert\">%s</p>"
                                                .formatted(text(alert)),
                                contact(fields),
                                method(fields),
                                address(fields)
                                        + delivery(fields)
                                        + customFields(fields)
                                        + promotionCode(fields),
                                text(button()));
        return new PageHtml(words).page(words.say("Paiement", "Payment"), main);
    }

    /** Nothing to pay, and the shop asks for a payment method only where something is. */
    boolean needsNoPayment() {
        return session.path("amount_total").asLong() == 0
                && session.path("payment_method_collection").asString("").equals("if_required");
    }

    private String method(Fields fields) {
        return needsNoPayment()
                ? ""
                : new MethodFields(Json.texts(session.path("payment_method_types")), words)
                        .html(fields);
    }

    private String button() {
        if (session.path("amount_total").asLong() == 0) {
            return words.say("Confirmer", "Confirm");
        }
        return words.say("Payer ", "Pay ") + amount(session, "amount_total");
    }

    private String promotionCode(Fields fields) {
        boolean asked =
                session.path("allow_promotion_codes").asBoolean(false)
                        && session.path("discounts").isEmpty();
        return asked
                ? fields.input(
                        "promotion_code",
                        words.say("Code promotionnel (facultatif)", "Promotion code (optional)"),
                        "text",
                        "off")
                : "";
    }

    private String delivery(Fields fields) {
        if (session.path("shipping_options").isEmpty()) {
            return "";
        }
        var options = new ArrayList<Fields.Option>();
        for (JsonNode option : session.path("shipping_options")) {
            String id = option.path("shipping_rate").asString();
            String name = deliveries.getOrDefault(id, id);
            options.add(new Fields.Option(id, name + " · " + amount(option, "shipping_amount")));
        }
        return group(
                words.say("Livraison", "Delivery"),
                fields.select(
                        "shipping_rate",
                        words.say("Mode de livraison", "Delivery"),
                        options,
                        session.path("shipping_cost").path("shipping_rate").asString("")));
    }

    private String firstAlert(Map<String, String> errors) {
        return errors.isEmpty()
                ? ""
                : words.say(
                        "Rien n'a été débité : vérifiez les champs signalés.",
                        "Nothing was charged: check the fields marked below.");
    }

    private String summary() {
        var lines = new StringBuilder();
        for (ObjectNode item : items) {
            lines.append(
                    "<li><span>%s%s</span><b>%s</b></li>"
                            .formatted(
                                    text(item.path("description").asString("")),
                                    item.path("quantity").asLong() == 1
                                            ? ""
                                            : " × " + item.path("quantity").asLong(),
                                    text(
                                            amount(item, "amount_total")
                                                    + RenewalWords.of(item.path("price"), words))));
        }
        String cancel = session.path("cancel_url").asString("");
        String back =
                PageHtml.isWebAddress(cancel)
                        ? "<p><a href=\"%s\">%s</a></p>"
                                .formatted(
                                        text(cancel),
                                        text(
                                                words.say(
                                                        "← Retour à la boutique",
                                                        "← Back to the shop")))
                        : "";
        return back
                + "<h1>%s</h1><p class=\"total\">%s</p><ul>%s</ul>"
                        .formatted(
                                text(words.say("À payer", "To pay")),
                                text(amount(session, "amount_total")),
                                lines);
    }

    private String contact(Fields fields) {
        String given = session.path("customer_email").asString("");
        String email =
                given.isEmpty()
                        ? fields.input(
                                "email", words.say("Adresse e-mail", "Email"), "email", "email")
                        : "<p class=\"given\">%s<br><b>%s</b></p>"
                                .formatted(text(words.say("Adresse e-mail", "Email")), text(given));
        boolean phone = session.path("phone_number_collection").path("enabled").asBoolean(false);
        return group(
                words.say("Vos coordonnées", "Contact"),
                email
                        + fields.input(
                                "phone",
                                words.say("Téléphone", "Phone")
                                        + (phone ? "" : words.say(" (facultatif)", " (optional)")),
                                "tel",
                                "tel"));
    }

    private String address(Fields fields) {
        boolean taxId = session.path("tax_id_collection").path("enabled").asBoolean(false);
        String business =
                taxId
                        ? fields.input(
                                        "business_name",
                                        words.say("Entreprise (facultatif)", "Business (optional)"),
                                        "text",
                                        "organization")
                                + fields.input(
                                        "tax_id",
                                        words.say(
                                                "Numéro de TVA (facultatif)",
                                                "VAT number (optional)"),
                                        "text",
                                        "off")
                        : "";
        return group(
                SessionShipping.asksWhere(session)
                        ? words.say(
                                "Adresse de facturation et de livraison",
                                "Billing and delivery address")
                        : words.say("Adresse de facturation", "Billing address"),
                fields.input("name", words.say("Nom complet", "Full name"), "text", "name")
                        + business
                        + fields.input(
                                "line1", words.say("Adresse", "Address"), "text", "address-line1")
                        + fields.input(
                                "line2",
                                words.say("Complément (facultatif)", "Line 2 (optional)"),
                                "text",
                                "address-line2")
                        + "<div class=\"two\">"
                        + fields.input(
                                "postal_code",
                                words.say("Code postal", "Postal code"),
                                "text",
                                "postal-code")
                        + fields.input("city", words.say("Ville", "City"), "text", "address-level2")
                        + "</div>"
                        + fields.select(
                                "country",
                                words.say("Pays", "Country"),
                                words.countries().stream()
                                        .map(c -> new Fields.Option(c.code(), c.name()))
                                        .toList(),
                                "FR"));
    }

    private String customFields(Fields fields) {
        if (session.path("custom_fields").isEmpty()) {
            return "";
        }
        var inputs = new StringBuilder();
        for (JsonNode field : session.path("custom_fields")) {
            String name = "custom_" + field.path("key").asString();
            String label =
                    field.path("label").path("custom").asString("")
                            + (field.path("optional").asBoolean()
                                    ? words.say(" (facultatif)", " (optional)")
                                    : "");
            if (field.path("type").asString().equals("dropdown")) {
                inputs.append(fields.select(name, label, Fields.Option.of(field), ""));
            } else {
                inputs.append(fields.input(name, label, "text", "off"));
            }
        }
        return group(words.say("Informations demandées", "Information"), inputs.toString());
    }

    private String amount(JsonNode from, String field) {
        return Amounts.text(
                from.path(field).asLong(), session.path("currency").asString(), words.locale());
    }

    private static String group(String title, String inputs) {
        return "<fieldset><legend>%s</legend>%s</fieldset>".formatted(text(title), inputs);
    }
}
