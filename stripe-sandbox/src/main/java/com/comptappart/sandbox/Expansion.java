package com.comptappart.sandbox;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns ids into objects and adds includable fields, where the caller asks by {@code expand[]}. */
final class Expansion {

    private static final int DEEPEST = 4;
    private static final int MOST_INLINE = 10;

    private static final Map<String, Kind> REFERENCES =
            Map.ofEntries(
                    Map.entry("checkout.session.payment_intent", Kind.PAYMENT_INTENT),
                    Map.entry("checkout.session.customer", Kind.CUSTOMER),
                    Map.entry("checkout.session.payment_link", Kind.PAYMENT_LINK),
                    Map.entry("checkout.session.shipping_cost.shipping_rate", Kind.SHIPPING_RATE),
                    Map.entry("quote.customer", Kind.CUSTOMER),
                    Map.entry("quote.invoice", Kind.INVOICE),
                    Map.entry("quote.subscription", Kind.SUBSCRIPTION),
                    Map.entry("subscription.schedule", Kind.SUBSCRIPTION_SCHEDULE),
                    Map.entry("subscription_schedule.subscription", Kind.SUBSCRIPTION),
                    Map.entry("subscription_schedule.customer", Kind.CUSTOMER),
                    Map.entry("payout.balance_transaction", Kind.BALANCE_TRANSACTION),
                    Map.entry("price.product", Kind.PRODUCT),
                    Map.entry("product.default_price", Kind.PRICE),
                    Map.entry("payment_intent.latest_charge", Kind.CHARGE),
                    Map.entry("payment_intent.payment_method", Kind.PAYMENT_METHOD),
                    Map.entry("payment_intent.customer", Kind.CUSTOMER),
                    Map.entry("charge.payment_intent", Kind.PAYMENT_INTENT),
                    Map.entry("charge.customer", Kind.CUSTOMER),
                    Map.entry("charge.balance_transaction", Kind.BALANCE_TRANSACTION),
                    Map.entry("refund.charge", Kind.CHARGE),
                    Map.entry("refund.payment_intent", Kind.PAYMENT_INTENT),
                    Map.entry("refund.balance_transaction", Kind.BALANCE_TRANSACTION),
                    Map.entry("refund.failure_balance_transaction", Kind.BALANCE_TRANSACTION),
                    Map.entry("dispute.charge", Kind.CHARGE),
                    Map.entry("dispute.payment_intent", Kind.PAYMENT_INTENT),
                    Map.entry("payment_method.customer", Kind.CUSTOMER),
                    Map.entry("checkout.session.subscription", Kind.SUBSCRIPTION),
                    Map.entry("checkout.session.invoice", Kind.INVOICE),
                    Map.entry("subscription.customer", Kind.CUSTOMER),
                    Map.entry("subscription.latest_invoice", Kind.INVOICE),
                    Map.entry("subscription.default_payment_method", Kind.PAYMENT_METHOD),
                    Map.entry("subscription.discounts", Kind.DISCOUNT),
                    Map.entry("invoice.customer", Kind.CUSTOMER),
                    Map.entry("invoice.discounts", Kind.DISCOUNT),
                    Map.entry("invoice.default_payment_method", Kind.PAYMENT_METHOD),
                    Map.entry(
                            "invoice.parent.subscription_details.subscription", Kind.SUBSCRIPTION),
                    Map.entry("line_item.pricing.price_details.price", Kind.PRICE),
                    Map.entry("line_item.discounts", Kind.DISCOUNT),
                    Map.entry("invoice_payment.invoice", Kind.INVOICE),
                    Map.entry("invoice_payment.payment.payment_intent", Kind.PAYMENT_INTENT),
                    Map.entry("credit_note.customer", Kind.CUSTOMER),
                    Map.entry("credit_note.invoice", Kind.INVOICE),
                    Map.entry("credit_note.refunds.refund", Kind.REFUND),
                    Map.entry("invoiceitem.customer", Kind.CUSTOMER),
                    Map.entry("discount.source.coupon", Kind.COUPON),
                    Map.entry("discount.promotion_code", Kind.PROMOTION_CODE),
                    Map.entry("promotion_code.promotion.coupon", Kind.COUPON),
                    Map.entry(
                            "customer.invoice_settings.default_payment_method",
                            Kind.PAYMENT_METHOD));

    private final Store store;

    Expansion(Store store) {
        this.store = store;
    }

    /** A copy of the object with the wanted paths expanded; the stored object stays as it is. */
    ObjectNode render(ObjectNode object, List<String> paths) {
        ObjectNode copy = object.deepCopy();
        for (String path : paths) {
            List<String> steps = List.of(path.split("\\."));
            boolean list = "list".equals(copy.path("object").asString());
            if (steps.size() > DEEPEST + (list ? 1 : 0)) {
                throw Refusal.of(
                        null,
                        "expand",
                        "You cannot expand more than %d levels of a property.".formatted(DEEPEST));
            }
            expand(copy, "", steps, path);
        }
        return copy;
    }

    /** What has no object name of its own, such as settings, is named by the way that led to it. */
    private void expand(ObjectNode at, String cameBy, List<String> steps, String wholePath) {
        String field = steps.getFirst();
        String parent = at.path("object").asString(cameBy);
        JsonNode value = valueOf(at, parent, field);
        if (value == null) {
            throw cannotExpand(wholePath);
        }
        List<String> rest = steps.subList(1, steps.size());
        switch (value) {
            case ObjectNode object when !rest.isEmpty() ->
                    expand(object, parent + "." + field, rest, wholePath);
            case ArrayNode array when !rest.isEmpty() -> {
                for (JsonNode element : array) {
                    expand((ObjectNode) element, parent + "." + field, rest, wholePath);
                }
            }
            default -> {
                if (!value.isNull() && !value.isContainer()) {
                    throw cannotExpand(wholePath);
                }
            }
        }
    }

    private @Nullable JsonNode valueOf(ObjectNode at, String parent, String field) {
        String name = parent + "." + field;
        JsonNode value = at.get(field);
        Kind kind =
                name.equals("balance_transaction.source") && value != null
                        ? sourceKind(value.asString(""))
                        : REFERENCES.get(name);
        if (kind != null && value != null && value.isString()) {
            value = store.get(kind, value.asString()).deepCopy();
            at.set(field, value);
        }
        if (kind != null && value instanceof ArrayNode ids) {
            value = ids.isEmpty() ? ids : each(kind, ids);
            at.set(field, value);
        }
        if (value == null) {
            value = includable(name, at);
            if (value != null) {
                at.set(field, value);
            }
        }
        return value;
    }

    /** What moved a balance: its id says which kind it is. */
    private static @Nullable Kind sourceKind(String id) {
        return Stream.of(Kind.CHARGE, Kind.REFUND, Kind.DISPUTE, Kind.PAYOUT)
                .filter(kind -> id.startsWith(kind.prefix()))
                .findFirst()
                .orElse(null);
    }

    private ArrayNode each(Kind kind, ArrayNode ids) {
        var objects = Json.array();
        for (JsonNode id : ids) {
            objects.add(id.isString() ? store.get(kind, id.asString()).deepCopy() : id);
        }
        return objects;
    }

    private @Nullable JsonNode includable(String name, ObjectNode at) {
        return switch (name) {
            case "checkout.session.line_items" -> firstLineItems("checkout/sessions", at);
            case "payment_link.line_items" -> firstLineItems("payment_links", at);
            case "quote.line_items" -> firstLineItems("quotes", at);
            case "item.taxes", "item.discounts" -> aside(at, field(name), Json.array());
            case "price.tiers" -> aside(at, PriceTiers.ASIDE, Json.array());
            case "coupon.applies_to" -> products(at);
            case "customer.subscriptions" -> subscriptionsOf(at);
            case "customer.tax_ids" -> taxIdsOf(at);
            case "invoice.payments" -> paymentsOf(at);
            case "charge.refunds" -> firstRefunds(at.path("id").asString());
            default -> null;
        };
    }

    private ObjectNode firstRefunds(String charge) {
        return first("/v1/charges/" + charge + "/refunds", store.refundsOf(charge));
    }

    private JsonNode aside(ObjectNode at, String name, JsonNode otherwise) {
        JsonNode kept = store.aside(at.path("id").asString(), name);
        return kept.isMissingNode() ? otherwise : kept.deepCopy();
    }

    private static String field(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private ObjectNode products(ObjectNode coupon) {
        var products = Json.object();
        products.set("products", aside(coupon, Coupons.PRODUCTS, Json.array()));
        return products;
    }

    private ObjectNode subscriptionsOf(ObjectNode customer) {
        return listOf(
                "/v1/customers/%s/subscriptions".formatted(customer.path("id").asString()),
                Kind.SUBSCRIPTION,
                subscription ->
                        subscription.path("customer").equals(customer.path("id"))
                                && !SubscriptionLife.is(subscription, "canceled"));
    }

    private ObjectNode taxIdsOf(ObjectNode customer) {
        return listOf(
                "/v1/customers/%s/tax_ids".formatted(customer.path("id").asString()),
                Kind.TAX_ID,
                taxId -> taxId.path("customer").equals(customer.path("id")));
    }

    private ObjectNode paymentsOf(ObjectNode invoice) {
        return listOf(
                "/v1/invoice_payments?invoice=" + invoice.path("id").asString(),
                Kind.INVOICE_PAYMENT,
                payment -> payment.path("invoice").equals(invoice.path("id")));
    }

    private ObjectNode listOf(String url, Kind kind, Predicate<ObjectNode> wanted) {
        List<ObjectNode> all = store.newestFirst(kind).stream().filter(wanted).toList();
        return first(url, all);
    }

    private ObjectNode firstLineItems(String path, ObjectNode of) {
        String id = of.path("id").asString();
        return first("/v1/%s/%s/line_items".formatted(path, id), store.lineItems(id));
    }

    private static ObjectNode first(String url, List<ObjectNode> items) {
        List<ObjectNode> first = items.subList(0, Math.min(MOST_INLINE, items.size()));
        return Page.list(
                url,
                first.stream().map(ObjectNode::deepCopy).toList(),
                items.size() > first.size());
    }

    private static Refusal cannotExpand(String path) {
        return Refusal.of(null, "expand", "This property cannot be expanded (%s).".formatted(path));
    }
}
