package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Proportion;
import com.comptappart.kernel.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Whose lines Stripe's credit notes are on, where an invoice made orders for several partners: each
 * line names the line of the invoice that it is on, and that its product.
 */
@Component
class CreditedLines {

    /**
     * An invoice that was sold.
     *
     * @param partners whose orders it made
     * @param word the partner of lines whose product names none; may be empty
     */
    record Sale(String account, String invoice, List<PartnerId> partners, String word) {
        Sale {
            partners = List.copyOf(partners);
        }
    }

    private final StripeApi stripe;
    private final Shares shares;

    CreditedLines(StripeApi stripe, Shares shares) {
        this.stripe = stripe;
        this.shares = shares;
    }

    /**
     * What the lines of credit notes take of each product, by its id, which is empty for what has
     * none.
     *
     * @param notes on that invoice
     * @return empty where the lines don't say it
     */
    Map<String, Long> byProduct(Source source, Sale sale, List<JsonNode> notes) {
        if (!stripe.canAsk(source.environment())) {
            return Map.of();
        }
        Map<String, Long> products = new LinkedHashMap<>();
        Map<String, JsonNode> sold = new HashMap<>();
        for (JsonNode note : notes) {
            for (JsonNode line : lines(source, note)) {
                if (sold.isEmpty()) {
                    sold.putAll(linesOf(source, sale));
                }
                var of = sold.get(line.path("invoice_line_item").asString(""));
                if (of == null) {
                    return Map.of();
                }
                products.merge(product(of), InvoiceShape.gross(line), Math::addExact);
            }
        }
        return products;
    }

    /** The same where each has a product: only then is it known which lines are meant. */
    static Map<String, Long> named(Map<String, Long> byProduct) {
        return byProduct.containsKey("") ? Map.of() : byProduct;
    }

    /**
     * An amount, shared out by what credit notes take from each partner.
     *
     * @return by partner; empty where that is not known, or one partner has all
     */
    Map<PartnerId, Long> share(Source source, Sale sale, Map<String, Long> byProduct, long minor) {
        if (sale.partners().size() < 2) {
            return Map.of();
        }
        Map<PartnerId, Long> weights = new LinkedHashMap<>();
        byProduct.forEach((product, taken) ->
                weights.merge(partner(source, sale, product), taken, Math::addExact));
        return spread(minor, weights, sale.partners());
    }

    private Map<String, JsonNode> linesOf(Source source, Sale sale) {
        Map<String, JsonNode> sold = new HashMap<>();
        for (JsonNode line : stripe.invoiceLines(source, sale.invoice(), "")) {
            sold.put(line.path("id").asString(""), line);
        }
        return sold;
    }

    private static String product(JsonNode line) {
        return SessionFields.reference(InvoiceShape.product(line), Reason.PRODUCT_OF_LINE.text());
    }

    private static Map<PartnerId, Long> spread(
            long minor, Map<PartnerId, Long> weights, List<PartnerId> partners) {
        boolean known = partners.containsAll(weights.keySet());
        long[] each = weights.values().stream().mapToLong(Long::longValue).toArray();
        boolean positive = each.length > 0;
        for (long weight : each) {
            positive &= weight > 0;
        }
        if (!known || !positive) {
            return Map.of();
        }
        long[] parts = Proportion.spread(minor, each);
        Map<PartnerId, Long> shared = new LinkedHashMap<>();
        int i = 0;
        for (PartnerId partner : weights.keySet()) {
            shared.put(partner, parts[i++]);
        }
        return shared;
    }

    /** None where Stripe does not show them: then a credit note is of all lines in proportion. */
    private List<JsonNode> lines(Source source, JsonNode note) {
        var lines = new ArrayList<JsonNode>();
        note.path("lines").path("data").forEach(lines::add);
        if (!lines.isEmpty() && !note.path("lines").path("has_more").asBoolean(false)) {
            return lines;
        }
        String id = SessionFields.id(note.path("id"), "id");
        String last =
                lines.isEmpty()
                        ? ""
                        : SessionFields.id(lines.getLast().path("id"), Reason.ID_OF_LINE.text());
        try {
            lines.addAll(stripe.creditNoteLines(source, id, last));
            return lines;
        } catch (Unreadable unknown) {
            return List.of();
        }
    }

    /** As the reading of the invoice found it: the product's own, else the sale's. */
    private PartnerId partner(Source source, Sale sale, String product) {
        String word =
                product.isEmpty()
                        ? ""
                        : stripe.product(source, product)
                                .map(found -> CartReader.word(found.path("metadata")))
                                .orElse("");
        return shares.partner(sale.account(), word.isEmpty() ? sale.word() : word);
    }
}
