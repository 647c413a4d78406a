package com.comptappart.sandbox;

import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/credit_notes}: what is taken back of a finalized invoice. */
final class CreditNotes {

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final NewCreditNote draft;
    private final InvoiceLife invoices;

    CreditNotes(
            Store store, Events events, Agenda agenda, NewCreditNote draft, InvoiceLife invoices) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.draft = draft;
        this.invoices = invoices;
    }

    void addTo(Routes routes) {
        routes.post("v1/credit_notes", this::create);
        routes.get("v1/credit_notes", this::list);
        routes.get("v1/credit_notes/preview", call -> draft.of(call.params()).note());
        routes.get("v1/credit_notes/*", call -> store.get(Kind.CREDIT_NOTE, call.id()));
        routes.post("v1/credit_notes/*", this::update);
        routes.get("v1/credit_notes/*/lines", this::lines);
        routes.post("v1/credit_notes/*/void", this::voidIssued);
    }

    private ObjectNode create(Call call) {
        NewCreditNote.Wanted wanted = draft.of(call.params());
        return agenda.inTimeOf(wanted.invoice(), () -> issue(wanted, call.cause()));
    }

    private ObjectNode issue(NewCreditNote.Wanted wanted, Cause cause) {
        ObjectNode note = wanted.note();
        draft.payOut(wanted, cause);
        store.put(Kind.CREDIT_NOTE, note);
        store.putLineItems(note.path("id").asString(), wanted.lines());
        var _ = events.record("credit_note.created", note, cause);
        long amount = note.path("total").asLong();
        if (wanted.isAfterPayment()) {
            invoices.creditPaid(wanted.invoice(), amount, cause);
        } else {
            invoices.credit(wanted.invoice(), amount, cause);
        }
        return note;
    }

    private ObjectNode update(Call call) {
        ObjectNode note = store.get(Kind.CREDIT_NOTE, call.id());
        ObjectNode changed = note.deepCopy();
        call.params()
                .text("memo")
                .ifPresent(memo -> changed.put("memo", memo.isEmpty() ? null : memo));
        call.params().metadataInto((ObjectNode) changed.path("metadata"));
        call.params().refuseUnread();
        ObjectNode before = note.deepCopy();
        note.setAll(changed);
        var _ = events.recordChange("credit_note.updated", before, note, call.cause());
        return note;
    }

    /** Only as long as the invoice is open: what was given back can't be taken again. */
    private ObjectNode voidIssued(Call call) {
        call.params().refuseUnread();
        ObjectNode note = store.get(Kind.CREDIT_NOTE, call.id());
        ObjectNode invoice = store.get(Kind.INVOICE, note.path("invoice").asString());
        if (!note.path("status").asString().equals("issued")) {
            throw Refusal.of(null, null, "This credit note is void already.");
        }
        if (!InvoiceLife.isStatus(invoice, "open")) {
            throw Refusal.of(
                    null,
                    null,
                    "Only credit notes of open invoices can be voided. This invoice is `%s`."
                            .formatted(invoice.path("status").asString()));
        }
        return agenda.inTimeOf(
                invoice,
                () -> {
                    note.put("status", "void");
                    note.put("voided_at", store.now());
                    var _ = events.record("credit_note.voided", note, call.cause());
                    invoices.credit(invoice, -note.path("total").asLong(), call.cause());
                    return note;
                });
    }

    private ObjectNode lines(Call call) {
        store.get(Kind.CREDIT_NOTE, call.id());
        return Page.of(call, store.lineItems(call.id()));
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params())
                        .and(Page.equal(call.params(), "invoice"))
                        .and(Page.equal(call.params(), "customer"));
        List<ObjectNode> notes = store.newestFirst(Kind.CREDIT_NOTE);
        return Page.of(call, notes.stream().filter(wanted).toList());
    }
}
