package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoiceitems}: what is put on a customer's next invoice, or on a draft. */
final class InvoiceItems {

    private static final long MOST = 999_999_999_999L;

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final PendingItems pending;
    private final InvoiceParts parts;
    private final Prices prices;

    InvoiceItems(
            Store store,
            Events events,
            Agenda agenda,
            PendingItems pending,
            InvoiceParts parts,
            Prices prices) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.pending = pending;
        this.parts = parts;
        this.prices = prices;
    }

    void addTo(Routes routes) {
        routes.post("v1/invoiceitems", this::create);
        routes.get("v1/invoiceitems", this::list);
        routes.get(
                "v1/invoiceitems/*",
                call -> PendingItems.shown(store.get(Kind.INVOICE_ITEM, call.id())));
        routes.post("v1/invoiceitems/*", this::update);
        routes.delete("v1/invoiceitems/*", this::delete);
    }

    private ObjectNode create(Call call) {
        ObjectNode customer =
                Customers.referred(store, call.params().required("customer"), "customer");
        return agenda.inTimeOf(customer, () -> create(call, customer));
    }

    private ObjectNode create(Call call, ObjectNode customer) {
        Params params = call.params();
        ObjectNode item = read(params, customer);
        params.filled("subscription")
                .ifPresent(id -> {
                    store.referred(Kind.SUBSCRIPTION, id, "subscription");
                    var parent = item.putObject("parent");
                    parent.putObject("subscription_details").put("subscription", id);
                    parent.put("type", "subscription_details");
                });
        Optional<ObjectNode> invoice = params.filled("invoice").map(this::draft);
        params.refuseUnread();
        if (invoice.isPresent()) {
            pending.take(item, invoice.get());
        }
        keep(item, call.cause());
        invoice.ifPresent(draft -> addLine(draft, item, call.cause()));
        return PendingItems.shown(item);
    }

    void keep(ObjectNode item, Cause cause) {
        pending.keep(item, cause);
    }

    /** One-time things on a new subscription's first invoice. */
    List<ObjectNode> readAddedTo(Params params, ObjectNode customer, ObjectNode subscription) {
        return params.childrenOf("add_invoice_items").stream()
                .map(given -> {
                    ObjectNode item = read(given, customer);
                    var parent = item.putObject("parent");
                    parent.putObject("subscription_details")
                            .set("subscription", subscription.path("id"));
                    parent.put("type", "subscription_details");
                    return item;
                })
                .toList();
    }

    /** A one-time thing that was bought together with a subscription. */
    void keepBought(ObjectNode bought, JsonNode rates, ObjectNode customer, String subscription) {
        ObjectNode item = pending.blank(customer, bought.path("currency").asString());
        long quantity = bought.path("quantity").asLong();
        long amount = PriceShare.total(store, bought.path("price"), quantity);
        PendingItems.setAmount(item, amount, quantity);
        item.set("description", bought.path("description"));
        InvoiceLines.setPricing(item, bought.path("price"), InvoiceLines.perUnit(amount, quantity));
        item.set("tax_rates", rates.isArray() ? rates.deepCopy() : Json.array());
        var parent = item.putObject("parent");
        parent.putObject("subscription_details").put("subscription", subscription);
        parent.put("type", "subscription_details");
        keep(item, Cause.NOT_THE_API);
    }

    private ObjectNode read(Params params, ObjectNode customer) {
        long quantity = params.integer("quantity").orElse(1);
        Optional<ObjectNode> price = price(params);
        String currency =
                price.map(known -> known.path("currency").asString())
                        .or(() -> params.filled("currency"))
                        .orElseThrow(() -> Refusal.missing(params.nameOf("currency")))
                        .toLowerCase(Locale.ROOT);
        ObjectNode item = pending.blank(customer, currency);
        if (price.isPresent()) {
            long amount = PriceShare.total(store, price.get(), quantity);
            PendingItems.setAmount(item, amount, quantity);
            item.put("description", parts.lines().name(price.get()));
            InvoiceLines.setPricing(item, price.get(), InvoiceLines.perUnit(amount, quantity));
        } else {
            setAmount(item, params, quantity);
        }
        apply(params, item);
        return item;
    }

    /** An amount without a price gets a price of its own, as with Stripe. */
    private void setAmount(ObjectNode item, Params params, long quantity) {
        boolean byUnit = params.has("unit_amount");
        String name = byUnit ? "unit_amount" : "amount";
        long amount =
                params.integer(name).orElseThrow(() -> Refusal.missing(params.nameOf("amount")));
        if (Math.abs(amount) > MOST) {
            throw Refusal.of(
                    "parameter_invalid_integer", params.nameOf(name), "Invalid amount: too large.");
        }
        long total = byUnit ? Math.multiplyExact(amount, quantity) : amount;
        PendingItems.setAmount(item, total, quantity);
        var price = Json.object();
        price.put("id", Kind.PRICE.newId());
        price.put(
                "product",
                Products.ofOneItem(store, params.text("description").orElse("Invoice item")));
        price.put(
                "tax_behavior",
                params.oneOf("tax_behavior", "exclusive", "inclusive", "unspecified")
                        .orElse("unspecified"));
        InvoiceLines.setPricing(
                item,
                price,
                byUnit ? BigDecimal.valueOf(amount) : InvoiceLines.perUnit(total, quantity));
    }

    private Optional<ObjectNode> price(Params params) {
        if (params.has("price_data")) {
            Params data = params.child("price_data").orElseThrow();
            String product = data.required("product");
            store.referred(Kind.PRODUCT, product, data.nameOf("product"));
            return Optional.of(store.put(Kind.PRICE, prices.draft(data, product)));
        }
        Optional<String> id =
                params.isNested("pricing")
                        ? params.child("pricing").map(pricing -> pricing.required("price"))
                        : params.filled("price");
        return id.map(known -> store.referred(Kind.PRICE, known, "pricing[price]"));
    }

    private void apply(Params params, ObjectNode item) {
        params.text("description").ifPresent(text -> item.put("description", text));
        params.flag("discountable").ifPresent(may -> item.put("discountable", may));
        if (params.has("tax_rates")) {
            TaxRates.show(item, "tax_rates", TaxRates.read(store, params, "tax_rates"));
        }
        params.child("period")
                .ifPresent(given ->
                        item.set(
                                "period",
                                new Period(
                                                given.integer("start").orElse(0),
                                                given.integer("end").orElse(0))
                                        .json()));
        params.metadataInto((ObjectNode) item.path("metadata"));
    }

    private ObjectNode update(Call call) {
        ObjectNode kept = loose(call.id());
        ObjectNode item = kept.deepCopy();
        Params params = call.params();
        long quantity = params.integer("quantity").orElse(item.path("quantity").asLong());
        if (params.has("amount") || params.has("unit_amount")) {
            setAmount(item, params, quantity);
        }
        apply(params, item);
        params.refuseUnread();
        kept.setAll(item);
        return PendingItems.shown(kept);
    }

    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        ObjectNode item = loose(call.id());
        store.remove(Kind.INVOICE_ITEM, call.id());
        var _ = events.record("invoiceitem.deleted", PendingItems.shown(item), call.cause());
        return Deleted.of(Kind.INVOICE_ITEM, call.id());
    }

    private ObjectNode loose(String id) {
        ObjectNode item = store.get(Kind.INVOICE_ITEM, id);
        if (item.path("invoice").isString()) {
            throw Refusal.of(
                    null, null, "This invoice item is on an invoice already; change that instead.");
        }
        return item;
    }

    private ObjectNode draft(String id) {
        ObjectNode invoice = store.referred(Kind.INVOICE, id, "invoice");
        if (!InvoiceLife.isStatus(invoice, "draft")) {
            throw Refusal.of(
                    "invoice_not_editable", "invoice", "This invoice is no longer editable.");
        }
        return invoice;
    }

    private void addLine(ObjectNode invoice, ObjectNode item, Cause cause) {
        ObjectNode before = invoice.deepCopy();
        var lines = new java.util.ArrayList<>(parts.lines().of(invoice));
        lines.add(parts.lines().ofInvoiceItem(item, invoice.path("default_tax_rates")));
        parts.lines().put(invoice, lines);
        parts.totals().compute(invoice, lines);
        var _ = events.recordChange("invoice.updated", before, invoice, cause);
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Optional<Boolean> waiting = params.flag("pending");
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "customer"))
                        .and(Page.equal(params, "invoice"))
                        .and(item ->
                                waiting.isEmpty()
                                        || waiting.get() == item.path("invoice").isNull());
        return Page.of(
                call,
                store.newestFirst(Kind.INVOICE_ITEM).stream()
                        .filter(wanted)
                        .map(PendingItems::shown)
                        .toList());
    }
}
