package com.comptappart.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A subscription's objects and events as Stripe writes them, in the shape of the API version that
 * is asked for: up to 2024 (acacia and older) or since 2025-03-31.basil.
 *
 * @param id the tail of all ids
 * @param version an API version of Stripe's
 */
public record Subscription(String id, String version, String partner) {

    public static final List<String> VERSIONS =
            List.of(
                    "2020-08-27",
                    "2024-09-30.acacia",
                    "2025-03-31.basil",
                    "2026-07-29.dahlia",
                    "2026-10-28.endive");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long NOW = Instant.now().getEpochSecond();

    /**
     * A line of an invoice, tax included.
     *
     * @param tax what Stripe computed, zero for none
     * @param discount what a discount takes off
     */
    public record Line(
            String description,
            long quantity,
            long amount,
            long tax,
            long discount,
            boolean proration,
            long periodStart) {

        public static Line of(String description, long amount) {
            return new Line(description, 1, amount, 0, 0, false, NOW);
        }

        public Line prorated() {
            return new Line(description, quantity, amount, tax, discount, true, periodStart);
        }

        public Line taxed(long included) {
            return new Line(
                    description, quantity, amount, included, discount, proration, periodStart);
        }

        public Line times(long count) {
            return new Line(description, count, amount, tax, discount, proration, periodStart);
        }

        public Line discounted(long off) {
            return new Line(description, quantity, amount, tax, off, proration, periodStart);
        }

        public Line from(Instant start) {
            return new Line(
                    description,
                    quantity,
                    amount,
                    tax,
                    discount,
                    proration,
                    start.getEpochSecond());
        }
    }

    private boolean isOld() {
        return version.compareTo("2025-03-31") < 0;
    }

    public String subscriptionId() {
        return "sub_" + id;
    }

    /** The session that began it, with one answer and one covered property. */
    public ObjectNode session() {
        return object(
                """
                {"id":"cs_%1$s","object":"checkout.session","mode":"subscription","status":"complete",
                 "payment_status":"paid","amount_total":12000,"currency":"eur","livemode":false,"locale":"en",
                 "subscription":"sub_%1$s","invoice":"in_%1$s","payment_intent":null,
                 "customer":"cus_%1$s","customer_details":{"name":"Marie Martin","email":"marie@example.com",
                   "phone":"+33687654321","address":{"line1":"1 rue Neuve","postal_code":"33000","city":"Bordeaux",
                   "country":"FR"}},
                 "custom_fields":[{"key":"annee","type":"text","label":{"custom":"Année"},"text":{"value":"2024"}}],
                 "metadata":{"campaign":"autumn",
                   "coverage":"[{\\"year\\":2024,\\"property\\":{\\"external_id\\":\\"p1\\",\\"name\\":\\"Bordeaux\\"}}]"}}
                """);
    }

    public ObjectNode subscription(String status, Instant periodEnd) {
        var subscription =
                object(
                        """
                        {"id":"sub_%1$s","object":"subscription","status":"STATUS","customer":"cus_%1$s","metadata":{},
                         "cancel_at":null,"canceled_at":null,"livemode":false,
                         "items":{"object":"list","has_more":false,"data":[{"id":"si_%1$s","object":"subscription_item",
                           "quantity":1,"price":{"id":"price_%1$s","product":"prod_%3$s"}}]}}
                        """);
        subscription.put("status", status);
        if (isOld()) {
            subscription.put("current_period_end", periodEnd.getEpochSecond());
        } else {
            ((ObjectNode) subscription.path("items").path("data").path(0))
                    .put("current_period_end", periodEnd.getEpochSecond());
        }
        return subscription;
    }

    /** A paid invoice of these lines; its id ends in the name that is given. */
    public ObjectNode invoice(String name, String billingReason, Line... lines) {
        var invoice =
                object(
                        """
                        {"id":"in_%1$s","object":"invoice","status":"paid","currency":"eur","livemode":false,
                         "customer":"cus_%1$s","customer_name":"Marie Martin","customer_email":"marie@example.com",
                         "customer_phone":null,"customer_address":{"line1":"1 rue Neuve","postal_code":"33000",
                           "city":"Bordeaux","country":"FR"},"customer_tax_ids":[],"attempt_count":1,
                         "starting_balance":0,"metadata":{},"automatic_tax":{"enabled":false,"status":null},
                         "shipping_cost":null,"status_transitions":{"paid_at":1790000000}}
                        """);
        invoice.put("id", "in_" + name).put("billing_reason", billingReason);
        long subtotal = 0;
        long total = 0;
        var list = JSON.createObjectNode().put("object", "list").put("has_more", false);
        var data = list.putArray("data");
        for (int i = 0; i < lines.length; i++) {
            data.add(line(name + "_" + i, lines[i]));
            subtotal += lines[i].amount();
            total += lines[i].amount() - lines[i].discount();
        }
        invoice.set("lines", list);
        invoice.put("subtotal", subtotal).put("total", total);
        invoice.put("amount_due", Math.max(0, total)).put("amount_paid", Math.max(0, total));
        ofSubscription(invoice, name, total);
        return invoice;
    }

    private void ofSubscription(ObjectNode invoice, String name, long total) {
        boolean belongs = !invoice.path("billing_reason").asString().equals("manual");
        if (isOld()) {
            invoice.put("subscription", belongs ? subscriptionId() : null);
            invoice.put("paid", true).put("paid_out_of_band", false);
            invoice.put("payment_intent", total > 0 ? "pi_" + name : null);
            if (belongs && version.compareTo("2023") > 0) {
                invoice.putObject("subscription_details").putObject("metadata");
            }
            return;
        }
        if (belongs) {
            invoice.putObject("parent")
                    .put("type", "subscription_details")
                    .putObject("subscription_details")
                    .put("subscription", subscriptionId())
                    .putObject("metadata");
        } else {
            invoice.putNull("parent");
        }
    }

    private ObjectNode line(String name, Line line) {
        var json = object("{\"id\":\"il_x\",\"object\":\"line_item\",\"currency\":\"eur\"}");
        json.put("id", "il_" + name).put("description", line.description());
        json.put("quantity", line.quantity()).put("amount", line.amount());
        json.putObject("period")
                .put("start", line.periodStart())
                .put("end", line.periodStart() + 31_536_000);
        var discounts = json.putArray("discount_amounts");
        if (line.discount() > 0) {
            discounts.addObject().put("amount", line.discount()).put("discount", "di_1");
        }
        if (isOld()) {
            old(json, line);
        } else {
            current(json, line);
        }
        return json;
    }

    private void old(ObjectNode json, Line line) {
        json.put("type", line.proration() ? "invoiceitem" : "subscription");
        json.put("proration", line.proration());
        json.put("subscription_item", "si_" + id);
        json.putObject("price").put("id", "price_" + id).put("product", "prod_" + partner);
        var taxes = json.putArray("tax_amounts");
        if (line.tax() != 0) {
            taxes.addObject()
                    .put("amount", line.tax())
                    .put("inclusive", true)
                    .put("tax_rate", "txr_20");
        }
    }

    private void current(ObjectNode json, Line line) {
        var details =
                json.putObject("parent")
                        .put("type", "subscription_item_details")
                        .putObject("subscription_item_details");
        details.put("proration", line.proration()).put("subscription_item", "si_" + id);
        json.putObject("pricing")
                .put("type", "price_details")
                .putObject("price_details")
                .put("price", "price_" + id)
                .put("product", "prod_" + partner);
        var taxes = json.putArray("taxes");
        if (line.tax() != 0) {
            var tax = taxes.addObject().put("amount", line.tax()).put("tax_behavior", "inclusive");
            tax.putObject("tax_rate_details").put("tax_rate", "txr_20");
        }
    }

    /** An event of the version, created that many seconds from now. */
    public String event(String eventId, String type, JsonNode object, long seconds) {
        var event = JSON.createObjectNode().put("id", eventId).put("object", "event");
        event.put("type", type).put("api_version", version);
        event.put("created", NOW - 3_600 + seconds).put("livemode", false);
        event.putObject("data").set("object", object.deepCopy());
        return event.toString();
    }

    /** What Stripe answers when it is asked for the objects of this subscription. */
    public Subscription knownTo(StripeStub stripe, String... invoices) {
        stripe.product("prod_" + partner, java.util.Map.of("partner", partner), "Formule annuelle");
        stripe.listed(
                "checkout/sessions", "subscription=" + subscriptionId(), session().toString());
        var all = new ArrayList<String>(List.of(invoices));
        all.forEach(name -> {
            String payment =
                    "{\"id\":\"inpay_%1$s\",\"status\":\"paid\",\"invoice\":\"in_%1$s\",\"payment\":{\"type\":\"payment_intent\",\"payment_intent\":\"pi_%1$s\"}}"
                            .formatted(name);
            stripe.listed("invoice_payments", "invoice=in_" + name, payment);
            stripe.listed("invoice_payments", "payment[payment_intent]=pi_" + name, payment);
            stripe.put(
                    "payment_intents/pi_" + name,
                    "{\"id\":\"pi_%1$s\",\"object\":\"payment_intent\",\"latest_charge\":{\"id\":\"ch_%1$s\",\"created\":1790000000,\"payment_method_details\":{\"type\":\"card\",\"card\":{\"last4\":\"4242\"}}}}"
                            .formatted(name));
        });
        stripe.put(
                "tax_rates/txr_20",
                "{\"id\":\"txr_20\",\"object\":\"tax_rate\",\"percentage\":20.0}");
        return this;
    }

    private ObjectNode object(String template) {
        return (ObjectNode) JSON.readTree(template.formatted(id, version, partner));
    }
}
