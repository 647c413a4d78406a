package com.comptappart.testing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A live sale as Stripe tells of it, with all that an invoice says in the event itself: said piece
 * by piece, sent as {@code checkout.session.completed}.
 */
public final class Sale {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String id;
    private final ObjectNode session;
    private final ObjectNode charge;
    private long total;
    private Instant at = Instant.now();
    private String version = "2026-07-29.dahlia";

    public Sale(String id, String currency) {
        this.id = id;
        long now = Instant.now().getEpochSecond();
        session =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"id":"cs_%1$s","object":"checkout.session","mode":"payment","status":"complete",
                                 "payment_status":"paid","livemode":true,"locale":"fr","currency":"%2$s","metadata":{},
                                 "automatic_tax":{"enabled":true,"status":"complete"},"custom_fields":[],
                                 "customer_details":{"name":"Marie Martin","email":"marie.martin@example.com",
                                   "tax_exempt":"none","tax_ids":[],
                                   "address":{"line1":"3 allée de l'Été","postal_code":"75011","city":"Paris","country":"FR"}},
                                 "payment_intent":{"id":"pi_%1$s","object":"payment_intent","latest_charge":{
                                   "id":"ch_%1$s","object":"charge","created":%3$d,
                                   "payment_method_details":{"type":"card","card":{"last4":"4242"}}}},
                                 "line_items":{"object":"list","has_more":false,"data":[]}}
                                """
                                        .formatted(id, currency, now));
        charge = (ObjectNode) session.path("payment_intent").path("latest_charge");
    }

    public String id() {
        return id;
    }

    /** When it is paid, and what follows happens. */
    public Sale at(Instant moment) {
        at = moment;
        charge.put("created", at.getEpochSecond());
        return this;
    }

    /**
     * As an older API version writes it: the delivery elsewhere, and before November 2022 the
     * charges in a list. Said after all else.
     */
    public Sale inVersion(String of) {
        version = of;
        var delivery = session.path("collected_information").path("shipping_details");
        boolean isOldest = of.compareTo("2022-11-15") < 0;
        if (delivery.isObject()) {
            session.remove("collected_information");
            session.set(isOldest ? "shipping" : "shipping_details", delivery);
        }
        if (isOldest && session.path("payment_intent") instanceof ObjectNode intent) {
            intent.remove("latest_charge");
            intent.putObject("charges").putArray("data").add(charge);
        }
        return this;
    }

    /** Nothing was due, so nothing was paid. */
    public Sale free() {
        session.put("payment_status", "no_payment_required").putNull("payment_intent");
        return this;
    }

    /**
     * Leaves no more lines than that in the event, none where it is zero.
     *
     * @return all of them, for Stripe to list
     */
    public List<JsonNode> keepLines(int most) {
        var all = session.path("line_items").withArray("data");
        var lines = List.copyOf(all.values());
        if (lines.size() > most) {
            var kept = session.putObject("line_items").put("object", "list").put("has_more", true);
            kept.putArray("data").addAll(lines.subList(0, most));
        }
        return lines;
    }

    /** Of Stripe's test mode. */
    public Sale inTestMode() {
        session.put("livemode", false);
        return this;
    }

    public long total() {
        return total;
    }

    public Sale buyer(String name, String country, String locale) {
        session.put("locale", locale);
        ((ObjectNode) session.path("customer_details")).put("name", name);
        ((ObjectNode) session.path("customer_details").path("address")).put("country", country);
        return this;
    }

    /** Where the buyer lives, in that country. */
    public Sale address(String line1, String postalCode, String city, String state) {
        ((ObjectNode) session.path("customer_details").path("address"))
                .put("line1", line1)
                .put("postal_code", postalCode)
                .put("city", city)
                .put("state", state);
        return this;
    }

    public Sale withoutAddress() {
        session.withObject("customer_details").putNull("address");
        return this;
    }

    /** Without Stripe Tax. */
    public Sale untaxed() {
        session.putObject("automatic_tax").put("enabled", false).putNull("status");
        return this;
    }

    public Sale taxId(String type, String value) {
        session.path("customer_details")
                .withArray("tax_ids")
                .addObject()
                .put("type", type)
                .put("value", value);
        return this;
    }

    public Sale deliveredTo(
            String name, String line1, String postalCode, String city, String country) {
        var details =
                session.putObject("collected_information")
                        .putObject("shipping_details")
                        .put("name", name);
        details.putObject("address")
                .put("line1", line1)
                .put("postal_code", postalCode)
                .put("city", city)
                .put("country", country);
        return this;
    }

    public Sale answer(String key, String value) {
        var field =
                session.withArray("custom_fields").addObject().put("key", key).put("type", "text");
        field.putObject("label").put("custom", key);
        field.putObject("text").put("value", value);
        return this;
    }

    /** A line whose tax is in its total. */
    public Sale line(
            String name, long quantity, long line, Tax tax, Map<String, String> productMetadata) {
        return line(name, quantity, line, 0, tax, productMetadata);
    }

    /**
     * @param line what is charged for it, after the discount
     */
    public Sale line(
            String name,
            long quantity,
            long line,
            long discount,
            Tax tax,
            Map<String, String> productMetadata) {
        var items = session.path("line_items").withArray("data");
        var item =
                items.addObject()
                        .put("id", "li_" + items.size())
                        .put("object", "item")
                        .put("description", name)
                        .put("quantity", quantity)
                        .put("amount_subtotal", line + discount)
                        .put("amount_discount", discount)
                        .put("amount_tax", tax.amount())
                        .put("amount_total", line);
        tax.addTo(item);
        var product =
                item.putObject("price")
                        .put("id", "price_1")
                        .putObject("product")
                        .put("id", "prod_" + items.size())
                        .put("object", "product");
        product.set("metadata", JSON.valueToTree(productMetadata));
        total += line;
        return this;
    }

    public Sale shipping(long amount, Tax tax) {
        var shipping =
                session.putObject("shipping_cost")
                        .put("amount_total", amount)
                        .put("amount_tax", tax.amount());
        tax.addTo(shipping);
        total += amount;
        return this;
    }

    /** The event, signed nowhere yet. */
    public String paid() {
        session.put("amount_total", total);
        return event("evt_" + id, "checkout.session.completed", session);
    }

    /** The event of a refund of it. */
    public String refunded(String refund, long amount) {
        var object =
                JSON.createObjectNode()
                        .put("id", refund)
                        .put("object", "refund")
                        .put("amount", amount)
                        .put("currency", session.path("currency").asString())
                        .put("status", "succeeded")
                        .put("reason", "requested_by_customer")
                        .put("payment_intent", "pi_" + id)
                        .put("charge", "ch_" + id)
                        .put("created", at.getEpochSecond());
        return event("evt_" + refund, "refund.created", object);
    }

    private String event(String id, String type, ObjectNode object) {
        var event =
                JSON.createObjectNode()
                        .put("id", id)
                        .put("object", "event")
                        .put("api_version", version)
                        .put("created", at.getEpochSecond())
                        .put("livemode", session.path("livemode").asBoolean())
                        .put("type", type);
        event.putObject("data").set("object", object);
        return event.toString();
    }

    /**
     * A tax as Stripe Tax names it.
     *
     * @param amount minor units
     */
    public record Tax(long amount, String percentage, String country, String reason) {
        /** What Stripe says nothing of. */
        public static final Tax NONE = new Tax(0, "0", "", "");

        private void addTo(ObjectNode line) {
            if (!equals(NONE)) {
                line.withArray("taxes").add(json());
            }
        }

        private ObjectNode json() {
            var tax =
                    JSON.createObjectNode().put("amount", amount).put("taxability_reason", reason);
            tax.putObject("rate")
                    .put("percentage", new java.math.BigDecimal(percentage))
                    .put("country", country);
            return tax;
        }
    }
}
