package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoices}: reading them, making them by hand, and moving them on. */
final class Invoices {

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final Wallet wallet;
    private final InvoiceParts parts;
    private final InvoiceLife life;
    private final PendingItems pending;
    private final Discounts discounts;

    Invoices(
            Store store,
            Events events,
            Agenda agenda,
            Wallet wallet,
            InvoiceParts parts,
            InvoiceLife life,
            PendingItems pending,
            Discounts discounts) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.wallet = wallet;
        this.parts = parts;
        this.life = life;
        this.pending = pending;
        this.discounts = discounts;
    }

    void addTo(Routes routes) {
        routes.post("v1/invoices", this::create);
        routes.get("v1/invoices", this::list);
        routes.get("v1/invoices/*", call -> store.get(Kind.INVOICE, call.id()));
        routes.get("v1/invoices/*/lines", this::lines);
        routes.post("v1/invoices/*", call -> inItsTime(call, this::update));
        routes.delete("v1/invoices/*", this::delete);
        routes.post("v1/invoices/*/finalize", call -> inItsTime(call, this::finalizeDraft));
        routes.post("v1/invoices/*/pay", call -> inItsTime(call, this::pay));
        routes.post("v1/invoices/*/send", call -> inItsTime(call, this::send));
        routes.post("v1/invoices/*/void", call -> inItsTime(call, this::voidOpen));
        routes.post("v1/invoices/*/mark_uncollectible", call -> inItsTime(call, this::giveUp));
    }

    private ObjectNode inItsTime(Call call, Routes.Action action) {
        return agenda.inTimeOf(store.get(Kind.INVOICE, call.id()), () -> action.answer(call));
    }

    private ObjectNode create(Call call) {
        ObjectNode customer =
                Customers.referred(store, call.params().required("customer"), "customer");
        return agenda.inTimeOf(customer, () -> create(call, customer));
    }

    private ObjectNode create(Call call, ObjectNode customer) {
        Params params = call.params();
        Optional<ObjectNode> subscription =
                params.filled("subscription")
                        .map(id -> store.referred(Kind.SUBSCRIPTION, id, "subscription"));
        String currency = params.filled("currency").orElse(knownCurrency(customer));
        ObjectNode invoice =
                subscription
                        .map(known -> parts.drafts().forSubscription(known, "manual"))
                        .orElseGet(() -> parts.drafts().forCustomer(customer, currency, "manual"));
        invoice.put("auto_advance", params.flag("auto_advance").orElse(false));
        apply(params, invoice);
        List<Discounts.Wanted> wanted = discounts.read(params);
        boolean include =
                params.oneOf("pending_invoice_items_behavior", "include", "exclude")
                        .orElse(subscription.isPresent() ? "include" : "exclude")
                        .equals("include");
        params.refuseUnread();
        var lines = new ArrayList<ObjectNode>();
        if (include) {
            String of = subscription.map(known -> known.path("id").asString()).orElse("");
            for (ObjectNode item :
                    pending.waiting(
                            customer.path("id").asString(),
                            invoice.path("currency").asString(),
                            List.of(of))) {
                pending.take(item, invoice);
                lines.add(parts.lines().ofInvoiceItem(item, invoice.path("default_tax_rates")));
            }
        }
        startDiscounts(invoice, wanted);
        if (!params.has("discounts") && subscription.isEmpty()) {
            discounts.ofCustomer(customer, true).ifPresent(invoice.putArray("discounts")::add);
        }
        life.keep(invoice, lines, call.cause());
        if (invoice.path("auto_advance").asBoolean()) {
            life.advanceLater(invoice);
        }
        return invoice;
    }

    /** The currency of what waits for the customer, else of what they were invoiced in before. */
    private String knownCurrency(ObjectNode customer) {
        return store.newestFirst(Kind.INVOICE_ITEM).stream()
                .filter(item -> item.path("customer").equals(customer.path("id")))
                .filter(item -> item.path("invoice").isNull())
                .map(item -> item.path("currency").asString())
                .findFirst()
                .orElse(customer.path("currency").asString("eur"));
    }

    private void startDiscounts(ObjectNode invoice, List<Discounts.Wanted> wanted) {
        if (!wanted.isEmpty()) {
            discounts.start(wanted, invoice);
        }
    }

    private void apply(Params params, ObjectNode invoice) {
        for (String name : List.of("description", "footer", "statement_descriptor", "number")) {
            params.text(name).ifPresent(text -> invoice.put(name, text.isEmpty() ? null : text));
        }
        params.oneOf("collection_method", "charge_automatically", "send_invoice")
                .ifPresent(how -> invoice.put("collection_method", how));
        params.integer("days_until_due")
                .ifPresent(days -> invoice.put("due_date", store.now() + days * 86_400));
        params.integer("due_date").ifPresent(at -> invoice.put("due_date", at));
        params.text("default_payment_method")
                .ifPresent(id -> invoice.put("default_payment_method", id.isEmpty() ? null : id));
        if (params.has("default_tax_rates")) {
            List<ObjectNode> rates = TaxRates.read(store, params, "default_tax_rates");
            TaxRates.show(invoice, "default_tax_rates", rates);
        }
        params.child("automatic_tax")
                .ifPresent(given -> SubscriptionFields.setAutomaticTax(invoice, given));
        params.metadataInto((ObjectNode) invoice.path("metadata"));
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = store.get(Kind.INVOICE, call.id());
        ObjectNode invoice = kept.deepCopy();
        apply(params, invoice);
        params.flag("auto_advance").ifPresent(on -> invoice.put("auto_advance", on));
        boolean discounted = params.has("discounts");
        List<Discounts.Wanted> wanted = discounts.read(params);
        params.refuseUnread();
        requireEditable(kept, params);
        if (discounted) {
            invoice.putArray("discounts");
            startDiscounts(invoice, wanted);
        }
        ObjectNode before = kept.deepCopy();
        kept.setAll(invoice);
        if (InvoiceLife.isStatus(kept, "draft")) {
            parts.totals().compute(kept, parts.lines().of(kept));
        }
        if (kept.path("auto_advance").asBoolean() && !before.path("auto_advance").asBoolean()) {
            life.advanceLater(kept);
        }
        var _ = events.recordChange("invoice.updated", before, kept, call.cause());
        return kept;
    }

    private static void requireEditable(ObjectNode invoice, Params params) {
        boolean frozen =
                !InvoiceLife.isStatus(invoice, "draft")
                        && (params.has("description")
                                || params.has("discounts")
                                || params.has("default_tax_rates")
                                || params.has("automatic_tax"));
        if (frozen) {
            throw Refusal.of(
                    "invoice_not_editable",
                    null,
                    "Finalized invoices can't be updated in this way: only `metadata` and how they are paid.");
        }
    }

    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        ObjectNode invoice = store.get(Kind.INVOICE, call.id());
        requireStatus(invoice, "You can only delete draft invoices.", "draft");
        store.remove(Kind.INVOICE, call.id());
        var _ = events.record("invoice.deleted", invoice, call.cause());
        return Deleted.of(Kind.INVOICE, call.id());
    }

    private ObjectNode finalizeDraft(Call call) {
        ObjectNode invoice = store.get(Kind.INVOICE, call.id());
        Optional<Boolean> advance = call.params().flag("auto_advance");
        call.params().refuseUnread();
        requireStatus(invoice, "This invoice is already finalized.", "draft");
        advance.ifPresent(on -> invoice.put("auto_advance", on));
        life.finalizeDraft(invoice, call.cause());
        return invoice;
    }

    private ObjectNode pay(Call call) {
        Params params = call.params();
        ObjectNode invoice = store.get(Kind.INVOICE, call.id());
        boolean elsewhere = params.flag("paid_out_of_band").orElse(false);
        Optional<String> method = params.filled("payment_method");
        for (String name : List.of("off_session", "forgive")) {
            params.flag(name);
        }
        params.refuseUnread();
        if (InvoiceLife.isStatus(invoice, "paid")) {
            throw Refusal.of(null, null, "Invoice is already paid");
        }
        requireStatus(
                invoice, "This invoice can't be paid any more.", "draft", "open", "uncollectible");
        ObjectNode customer = store.get(Kind.CUSTOMER, invoice.path("customer").asString());
        Optional<ObjectNode> with =
                method.map(id -> wallet.ofCustomer(id, customer, "payment_method", call.cause()));
        if (InvoiceLife.isStatus(invoice, "draft")) {
            life.finalizeUncollected(invoice, call.cause());
        }
        if (elsewhere) {
            life.settleOutOfBand(invoice, call.cause());
            return invoice;
        }
        return InvoiceLife.isStatus(invoice, "paid") ? invoice : collect(invoice, with, call);
    }

    private ObjectNode collect(ObjectNode invoice, Optional<ObjectNode> with, Call call) {
        return switch (life.collect(invoice, false, with, call.cause())) {
            case OffSession.Paid _, OffSession.OnItsWay _ -> invoice;
            case OffSession.Declined declined -> throw Refusal.declined(declined.why());
            case OffSession.NeedsOwner _
                    when with.isPresent() || parts.money().hasMethod(invoice) ->
                    throw Refusal.invoiceNeedsOwner();
            case OffSession.NeedsOwner _ -> throw Refusal.nothingToCharge();
        };
    }

    private ObjectNode send(Call call) {
        call.params().refuseUnread();
        ObjectNode invoice = store.get(Kind.INVOICE, call.id());
        requireStatus(invoice, "Only open invoices and drafts can be sent.", "draft", "open");
        if (InvoiceLife.isStatus(invoice, "draft")) {
            return life.finalizeDraft(invoice, call.cause());
        }
        var _ = events.record("invoice.sent", invoice, call.cause());
        return invoice;
    }

    private ObjectNode voidOpen(Call call) {
        call.params().refuseUnread();
        ObjectNode invoice = store.get(Kind.INVOICE, call.id());
        requireStatus(invoice, "Only open invoices can be voided.", "open", "uncollectible");
        return life.voidOpen(invoice, call.cause());
    }

    private ObjectNode giveUp(Call call) {
        call.params().refuseUnread();
        ObjectNode invoice = store.get(Kind.INVOICE, call.id());
        requireStatus(invoice, "Only open invoices can be given up.", "open");
        return life.giveUp(invoice, call.cause());
    }

    private static void requireStatus(ObjectNode invoice, String otherwise, String... allowed) {
        String status = invoice.path("status").asString();
        if (!List.of(allowed).contains(status)) {
            throw Refusal.of(
                    "invoice_not_editable",
                    null,
                    "%s This one is `%s`.".formatted(otherwise, status));
        }
    }

    private ObjectNode lines(Call call) {
        ObjectNode invoice = store.get(Kind.INVOICE, call.id());
        return Page.of(call, parts.lines().of(invoice).stream().map(InvoiceLines::shown).toList());
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Optional<String> subscription = params.filled("subscription");
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "customer"))
                        .and(Page.equal(params, "status"))
                        .and(Page.equal(params, "collection_method"))
                        .and(invoice ->
                                subscription.isEmpty()
                                        || subscription
                                                .get()
                                                .equals(InvoiceDrafts.subscriptionOf(invoice)));
        return Page.of(call, store.newestFirst(Kind.INVOICE).stream().filter(wanted).toList());
    }
}
