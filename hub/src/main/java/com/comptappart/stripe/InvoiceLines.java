package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.stripe.Charged.Discount;
import com.comptappart.stripe.Charged.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads the lines of a Stripe invoice, credits among them, and checks that they add up. */
@Component
class InvoiceLines {

    private final StripeApi stripe;

    InvoiceLines(StripeApi stripe) {
        this.stripe = stripe;
    }

    /**
     * The lines that charge or credit something; shipping comes last.
     *
     * @throws Unreadable when they don't add up to the invoice's total
     */
    List<Charged> read(Source source, JsonNode invoice) {
        String id = SessionFields.id(invoice.path("id"), "id");
        boolean taxed = CartReader.isTaxed(invoice);
        Map<String, List<JsonNode>> tiers = new LinkedHashMap<>();
        for (JsonNode line : whole(source, id, invoice.path("lines"))) {
            tiers.computeIfAbsent(tier(line), _ -> new ArrayList<>()).add(line);
        }
        var lines = new ArrayList<Charged>();
        for (List<JsonNode> group : tiers.values()) {
            lines.add(charged(source, group, taxed));
        }
        CartReader.shipping(invoice.path("shipping_cost"), taxed).ifPresent(lines::add);
        CartReader.checkTotal(lines, SessionFields.signed(invoice, "total"), id);
        boolean chargesNothing = lines.stream().allMatch(line -> line.total() == 0);
        return chargesNothing ? lines : lines.stream().filter(line -> line.total() != 0).toList();
    }

    private List<JsonNode> whole(Source source, String id, JsonNode list) {
        var items = new ArrayList<JsonNode>();
        list.path("data").forEach(items::add);
        if (items.isEmpty() || list.path("has_more").asBoolean(false)) {
            String last =
                    items.isEmpty()
                            ? ""
                            : SessionFields.id(
                                    items.getLast().path("id"), Reason.ID_OF_LINE.text());
            items.addAll(stripe.invoiceLines(source, id, last));
        }
        if (items.isEmpty()) {
            throw new Unreadable(Reason.LINES_OF_INVOICE_MISSING.text(id));
        }
        return items;
    }

    /** Stripe writes a line for each tier of a graduated price: they are one product. */
    private static String tier(JsonNode line) {
        String item = InvoiceShape.subscriptionItem(line);
        boolean alone = item.isEmpty() || InvoiceShape.isProration(line);
        return alone
                ? "line " + SessionFields.id(line.path("id"), Reason.ID_OF_LINE.text())
                : item
                        + " "
                        + InvoiceShape.price(line)
                        + " "
                        + line.path("period").path("start").asLong(0);
    }

    private Charged charged(Source source, List<JsonNode> tiers, boolean taxed) {
        var first = tiers.getFirst();
        var product = product(source, first);
        long total = 0;
        long tax = 0;
        long discount = 0;
        boolean exclusive = false;
        var parts = new ArrayList<Part>();
        for (JsonNode line : tiers) {
            var taxes = InvoiceShape.taxes(line);
            long gross = InvoiceShape.gross(line);
            total = Math.addExact(total, gross);
            tax = Math.addExact(tax, taxes.stream().mapToLong(InvoiceShape.Tax::amount).sum());
            discount = Math.addExact(discount, InvoiceShape.discount(line));
            exclusive |= taxes.stream().anyMatch(each -> !each.inclusive());
            long count = Math.max(1, line.path("quantity").asLong(1));
            parts.add(new Part(Clean.line(line.path("description").asString("")), count, gross));
        }
        long quantity = tiers(source, tiers).quantity(tiers);
        var metadata = product.node().path("metadata");
        return new Charged(
                product.id(),
                name(first, tiers.size(), product.node()),
                total < 0 ? -Math.max(1, quantity) : Math.max(1, quantity),
                total,
                total < 0 ? Discount.NONE : new Discount(Math.max(0, discount), exclusive),
                CartReader.word(metadata),
                ProductVat.of(metadata),
                tax(source, tiers, tax, taxed),
                tiers.size() > 1 ? parts : List.of(),
                product.attention(),
                false);
    }

    /** Of the price of these lines; which of them is a flat fee, no line says. */
    private PriceTiers tiers(Source source, List<JsonNode> lines) {
        String price = InvoiceShape.price(lines.getFirst());
        if (lines.size() == 1 || price.isEmpty() || !stripe.canAsk(source.environment())) {
            return PriceTiers.UNKNOWN;
        }
        try {
            return stripe.tieredPrice(source, price).map(PriceTiers::of).orElse(PriceTiers.UNKNOWN);
        } catch (Unreadable refused) {
            // A key that may not read prices: an order does not wait for that.
            return PriceTiers.UNKNOWN;
        }
    }

    private record Product(String id, JsonNode node, String attention) {}

    private Product product(Source source, JsonNode line) {
        var reference = InvoiceShape.product(line);
        String id = SessionFields.reference(reference, Reason.PRODUCT_OF_LINE.text());
        if (reference.isObject() || id.isEmpty()) {
            return new Product(id, reference, "");
        }
        var found = stripe.product(source, id);
        return found.isPresent()
                ? new Product(id, found.get(), "")
                : new Product(id, MissingNode.getInstance(), CartReader.forgotten(id));
    }

    private static String name(JsonNode line, int tiers, JsonNode product) {
        String described = Clean.line(line.path("description").asString(""));
        String named = Clean.line(product.path("name").asString(""));
        boolean says = InvoiceShape.isProration(line) || named.isBlank();
        String name = says && tiers == 1 ? described : named;
        if (!name.isBlank()) {
            return name;
        }
        return described.isBlank() ? "Abonnement" : described;
    }

    /** The tax of all these lines; no rate where they have several. */
    private StripeTax tax(Source source, List<JsonNode> lines, long amount, boolean taxed) {
        StripeTax whole = null;
        for (JsonNode line : lines) {
            var shares =
                    InvoiceShape.taxes(line).stream().map(each -> share(source, each)).toList();
            var tax = StripeTax.of(amount, shares, taxed);
            boolean same = whole == null || whole.percentage().equals(tax.percentage());
            whole = same ? tax : new StripeTax(true, amount, "", tax.country(), tax.reason());
        }
        return whole == null ? StripeTax.NONE : whole;
    }

    /** Invoices name the rate by its id only. */
    private StripeTax.Share share(Source source, InvoiceShape.Tax tax) {
        boolean known =
                !tax.percentage().isEmpty()
                        || tax.rateId().isEmpty()
                        || !stripe.canAsk(source.environment());
        var rate =
                known
                        ? MissingNode.getInstance()
                        : stripe.taxRate(source, tax.rateId()).orElse(MissingNode.getInstance());
        return new StripeTax.Share(
                tax.amount(),
                rate.path("percentage").asString(tax.percentage()),
                rate.path("country").asString(tax.country()),
                tax.reason());
    }
}
