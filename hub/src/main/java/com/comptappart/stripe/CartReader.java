package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.stripe.Charged.Discount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the lines of a session: from the event where it has them, from what we remember where we
 * made it and nothing has changed since, else from Stripe.
 */
@Component
class CartReader {

    private final StripeApi stripe;
    private final CheckoutSessionRows sessions;

    CartReader(StripeApi stripe, CheckoutSessionRows sessions) {
        this.stripe = stripe;
        this.sessions = sessions;
    }

    /**
     * What was bought.
     *
     * @param fetched the session as Stripe gave it when it was asked, else missing
     * @param remembered whether the lines are those that we remembered
     */
    record Cart(List<Charged> lines, JsonNode fetched, boolean remembered) {}

    /**
     * @throws Unreadable when the lines don't add up to what was charged
     */
    Cart read(Source source, JsonNode session, String id) {
        var embedded = session.path("line_items");
        JsonNode fetched = MissingNode.getInstance();
        boolean remembered = false;
        if (embedded.path("data").isEmpty()) {
            embedded = sessions.lines(source, session, id);
            remembered = !embedded.path("data").isEmpty();
        }
        if (embedded.path("data").isEmpty()) {
            fetched = stripe.session(source, id).orElse(fetched);
            embedded = fetched.path("line_items");
        }
        var items = whole(source, id, embedded);
        if (items.isEmpty()) {
            throw new Unreadable(Reason.LINES_OF_SESSION_MISSING.text(id));
        }
        boolean taxed = isTaxed(session);
        var lines = new ArrayList<Charged>();
        for (JsonNode item : items) {
            lines.add(line(source, item, taxed));
        }
        shipping(session.path("shipping_cost"), taxed).ifPresent(lines::add);
        checkTotal(lines, SessionFields.amount(session, "amount_total"), id);
        return new Cart(lines, fetched, remembered);
    }

    private List<JsonNode> whole(Source source, String id, JsonNode list) {
        var items = new ArrayList<JsonNode>();
        list.path("data").forEach(items::add);
        if (items.isEmpty()) {
            return stripe.lineItems(source, id, "");
        }
        if (list.path("has_more").asBoolean(false)) {
            String last = SessionFields.id(items.getLast().path("id"), Reason.ID_OF_LINE.text());
            items.addAll(stripe.lineItems(source, id, last));
        }
        return items;
    }

    private Charged line(Source source, JsonNode item, boolean taxed) {
        var reference = item.path("price").path("product");
        String id = SessionFields.reference(reference, Reason.PRODUCT_OF_LINE.text());
        var product = reference;
        String attention = "";
        if (!reference.isObject() && !id.isEmpty()) {
            product = stripe.product(source, id).orElse(MissingNode.getInstance());
            if (product.isMissingNode()) {
                attention = forgotten(id);
            }
        }
        var metadata = product.path("metadata");
        String name =
                Clean.line(item.path("description").asString(product.path("name").asString("")));
        var tax = StripeTax.of(item, taxed);
        long total = SessionFields.amount(item, "amount_total");
        return new Charged(
                id,
                name.isBlank() ? "Article" : name,
                Math.max(1, item.path("quantity").asLong(1)),
                total,
                Discount.of(
                        SessionFields.amountOrZero(item, "amount_subtotal"),
                        SessionFields.amountOrZero(item, "amount_discount"),
                        tax,
                        total),
                word(metadata),
                ProductVat.of(metadata),
                tax,
                List.of(),
                attention,
                false);
    }

    static String forgotten(String product) {
        return Reason.PRODUCT_FORGOTTEN.text(product);
    }

    /** Shipping has no product: it goes with the lines that are delivered. */
    static Optional<Charged> shipping(JsonNode shipping, boolean taxed) {
        long total = SessionFields.amountOrZero(shipping, "amount_total");
        if (total == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Charged(
                        "",
                        "Livraison",
                        1,
                        total,
                        Discount.NONE,
                        "",
                        ProductVat.NONE,
                        StripeTax.of(shipping, taxed),
                        List.of(),
                        "",
                        true));
    }

    /**
     * @throws Unreadable when the lines don't add up to what was charged
     */
    static void checkTotal(List<Charged> lines, long total, String id) {
        long sum = 0;
        for (Charged line : lines) {
            sum = Math.addExact(sum, line.total());
        }
        if (sum != total) {
            throw new Unreadable(Reason.LINES_DO_NOT_ADD_UP.text(id, sum, total));
        }
    }

    /** Whether Stripe Tax computed the taxes of a session or invoice, be they zero. */
    static boolean isTaxed(JsonNode object) {
        var tax = object.path("automatic_tax");
        return tax.path("enabled").asBoolean(false)
                && tax.path("status").asString("").equals("complete");
    }

    /** The partner's id or slug, as metadata names it. */
    static String word(JsonNode metadata) {
        return Clean.line(metadata.path("partner").asString("")).strip();
    }
}
