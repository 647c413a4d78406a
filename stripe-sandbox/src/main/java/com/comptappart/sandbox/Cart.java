package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The lines of a session that is being made, read and priced before anything is kept. */
final class Cart {

    private static final int MOST_LINES = 100;
    private static final long MOST_TOTAL = 999_999_999_999L;
    private static final long MOST_QUANTITY = 999_999;

    /** What Stripe charges at least, in the smallest unit. */
    static final Map<String, Long> LEAST =
            Map.of("eur", 50L, "usd", 50L, "chf", 50L, "gbp", 30L, "jpy", 50L, "pln", 200L);

    private final Store store;
    private final Prices prices;
    private final List<ObjectNode> items = new ArrayList<>();
    private final List<ObjectNode> newPrices = new ArrayList<>();
    private final List<ObjectNode> newProducts = new ArrayList<>();

    Cart(Store store, Prices prices) {
        this.store = store;
        this.prices = prices;
    }

    /** A price that recurs needs a subscription. */
    static String modeOf(Store store, Params params) {
        boolean recurs =
                params.childrenOf("line_items").stream()
                        .map(line -> line.text("price").orElse(""))
                        .flatMap(id -> store.find(Kind.PRICE, id).stream())
                        .anyMatch(price -> price.path("recurring").isObject());
        return recurs ? "subscription" : "payment";
    }

    void read(Params params) {
        List<Params> lines = params.childrenOf("line_items");
        if (lines.isEmpty()) {
            throw Refusal.missing("line_items");
        }
        if (lines.size() > MOST_LINES) {
            throw Refusal.of(
                    null,
                    "line_items",
                    "You can have at most %d line items.".formatted(MOST_LINES));
        }
        lines.forEach(line -> items.add(item(line)));
        requireOneCurrency();
        requireRecurring(params.text("mode").orElse(""));
    }

    List<ObjectNode> items() {
        return items;
    }

    String currency() {
        return items.getFirst().path("currency").asString();
    }

    /** Keeps what inline prices brought along; called when the whole request has proved good. */
    void keepInlineObjects() {
        newProducts.forEach(product -> store.put(Kind.PRODUCT, product));
        newPrices.forEach(price -> store.put(Kind.PRICE, price));
    }

    private ObjectNode item(Params line) {
        boolean inline = line.has("price_data");
        if (inline == line.has("price")) {
            throw Refusal.of(
                    "parameter_missing",
                    line.nameOf("price"),
                    "You must specify either `price` or `price_data` for each line item.");
        }
        ObjectNode price = inline ? inlinePrice(line) : knownPrice(line);
        long quantity = quantity(line);
        long amount = PriceShare.total(store, price, quantity);
        ObjectNode item =
                Json.object(
                        """
                        {"id": "", "object": "item", "adjustable_quantity": null, "amount_discount": 0,
                         "amount_subtotal": 0, "amount_tax": 0, "amount_total": 0, "currency": "",
                         "description": "", "metadata": {}, "price": null, "quantity": 1}
                        """);
        item.put("id", Ids.random("li_1", 23));
        item.put("amount_subtotal", amount);
        item.put("amount_total", amount);
        item.put("currency", price.path("currency").asString());
        item.put("description", productName(price));
        line.metadataInto((ObjectNode) item.path("metadata"));
        item.set("price", price.deepCopy());
        item.put("quantity", quantity);
        if (line.has("tax_rates")) {
            var rates = Json.array();
            TaxRates.read(store, line, "tax_rates").forEach(rate -> rates.add(rate.deepCopy()));
            store.putAside(item.path("id").asString(), SessionMoney.RATES, rates);
        }
        return item;
    }

    private ObjectNode knownPrice(Params line) {
        String id = line.required("price");
        ObjectNode price = store.referred(Kind.PRICE, id, line.nameOf("price"));
        if (!price.path("active").asBoolean()) {
            throw Refusal.of(
                    null,
                    line.nameOf("price"),
                    "The price specified is inactive. This field only accepts active prices.");
        }
        return price;
    }

    private ObjectNode inlinePrice(Params line) {
        Params data = line.child("price_data").orElseThrow();
        String productId;
        if (data.has("product_data")) {
            ObjectNode product = Products.inline(store, data.child("product_data").orElseThrow());
            newProducts.add(product);
            productId = product.path("id").asString();
        } else {
            productId = data.required("product");
            store.referred(Kind.PRODUCT, productId, data.nameOf("product"));
        }
        ObjectNode price = prices.draft(data, productId);
        price.put("active", false);
        newPrices.add(price);
        return price;
    }

    private String productName(ObjectNode price) {
        String id = price.path("product").asString();
        return newProducts.stream()
                .filter(product -> product.path("id").asString().equals(id))
                .findFirst()
                .orElseGet(() -> store.get(Kind.PRODUCT, id))
                .path("name")
                .asString();
    }

    private static long quantity(Params line) {
        long quantity = line.integer("quantity").orElseThrow(() -> missingQuantity(line));
        if (quantity < 1 || quantity > MOST_QUANTITY) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    line.nameOf("quantity"),
                    "Invalid quantity: must be from 1 to %d.".formatted(MOST_QUANTITY));
        }
        return quantity;
    }

    private static Refusal missingQuantity(Params line) {
        return Refusal.of(
                "parameter_missing",
                line.nameOf("quantity"),
                "Quantity is required. Add `quantity` to `%s`.".formatted(line.nameOf("quantity")));
    }

    private void requireOneCurrency() {
        boolean mixed =
                items.stream()
                        .anyMatch(item -> !item.path("currency").asString().equals(currency()));
        if (mixed) {
            throw Refusal.of(
                    null, "line_items", "All line items of a session must have one currency.");
        }
    }

    /** A subscription needs something that recurs; a payment takes nothing that does. */
    private void requireRecurring(String mode) {
        boolean some =
                items.stream().anyMatch(item -> item.path("price").path("recurring").isObject());
        if (mode.equals("subscription") && !some) {
            throw Refusal.of(
                    null,
                    "line_items",
                    "You must provide at least one recurring price in `subscription` mode when using prices.");
        }
        if (!mode.equals("subscription") && some) {
            throw Refusal.of(
                    null,
                    "line_items",
                    "You specified `payment` mode but passed a recurring price. Either switch to"
                            + " `subscription` mode or use only one-time prices.");
        }
    }

    /** What is to be paid is nothing, or an amount that Stripe takes. */
    static void requireSaneTotal(long total, String currency) {
        long least = LEAST.getOrDefault(currency, 1L);
        if (total != 0 && total < least) {
            throw Refusal.of(
                    "amount_too_small",
                    "line_items",
                    "The Checkout Session's total amount must be at least %d in the smallest unit of %s."
                            .formatted(least, currency));
        }
        if (total > MOST_TOTAL) {
            throw Refusal.of(
                    "amount_too_large",
                    "line_items",
                    "The Checkout Session's total amount must be at most %d."
                            .formatted(MOST_TOTAL));
        }
        Amounts.requirePayable(total, currency, "line_items");
    }
}
