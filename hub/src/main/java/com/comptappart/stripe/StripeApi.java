package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What we ask Stripe for, as few calls as it takes. */
@Component
class StripeApi {

    private static final int FEW = 10;
    private static final int MAX_PAGES = 50;
    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration REMEMBER_FOR = Duration.ofMinutes(5);

    /** An object that was asked for; no record, because each asking is itself only. */
    private static final class Remembered {
        private final CompletableFuture<Optional<JsonNode>> object = new CompletableFuture<>();
        private final Instant until;

        private Remembered(Instant until) {
            this.until = until;
        }
    }

    private final StripeCalls calls;
    private final Clock clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    StripeApi(StripeCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    boolean canAsk(Environment environment) {
        return calls.canAsk(environment);
    }

    /** A session with its lines, their products and its charge, where Stripe expands them. */
    Optional<JsonNode> session(Source source, String id) {
        return calls.get(
                source,
                "/v1/checkout/sessions/"
                        + encode(id)
                        + "?expand[]=line_items.data.price.product"
                        + "&expand[]=line_items.data.taxes"
                        + "&expand[]=payment_intent.latest_charge");
    }

    /** The lines of a session that follow that one; all of them where it is empty. */
    List<JsonNode> lineItems(Source source, String session, String following) {
        return pages(
                source,
                "/v1/checkout/sessions/"
                        + encode(session)
                        + "/line_items?limit="
                        + StripePages.PAGE
                        + "&expand[]=data.price.product&expand[]=data.taxes",
                following,
                Reason.THE_SESSION.text(session));
    }

    private List<JsonNode> pages(Source source, String path, String following, String owner) {
        var items = new ArrayList<JsonNode>();
        new StripePages(calls, () -> source, path, owner, following, MAX_PAGES)
                .forEachRemaining(items::addAll);
        return items;
    }

    /**
     * A product, remembered for some minutes or until Stripe says that it changed; those who want
     * one at the same time share a call.
     */
    Optional<JsonNode> product(Source source, String id) {
        return remembered(source, "/v1/products/" + encode(id), id);
    }

    /** A price, with its product's id; remembered as products are. */
    Optional<JsonNode> price(Source source, String id) {
        return remembered(source, "/v1/prices/" + encode(id), id);
    }

    /** A price with its tiers, which never change; remembered as products are. */
    Optional<JsonNode> tieredPrice(Source source, String id) {
        return remembered(
                source, "/v1/prices/" + encode(id) + "?expand[]=tiers", "the tiers of " + id);
    }

    /** A tax rate, remembered as products are. */
    Optional<JsonNode> taxRate(Source source, String id) {
        return remembered(source, "/v1/tax_rates/" + encode(id), id);
    }

    private Optional<JsonNode> remembered(Source source, String path, String id) {
        String key = key(source.environment(), source.account(), id);
        var now = clock.instant();
        if (remembered.size() > MAX_REMEMBERED) {
            remembered.clear();
        }
        var mine = new Remembered(now.plus(REMEMBER_FOR));
        var known =
                remembered.compute(
                        key,
                        (_, former) ->
                                former != null && now.isBefore(former.until) ? former : mine);
        if (known == mine) {
            fetch(source, path, key, mine);
        }
        try {
            return known.object.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StripeUnavailable unavailable) {
                throw unavailable;
            }
            if (e.getCause() instanceof Unreadable unreadable) {
                throw unreadable;
            }
            throw e;
        }
    }

    private void fetch(Source source, String path, String key, Remembered mine) {
        try {
            var found = calls.get(source, path);
            if (found.isEmpty()) {
                remembered.remove(key, mine);
            }
            mine.object.complete(found);
        } catch (RuntimeException e) {
            remembered.remove(key, mine);
            mine.object.completeExceptionally(e);
        }
    }

    void forget(Environment environment, String account, String id) {
        remembered.remove(key(environment, account, id));
    }

    /** A payment intent with its latest charge, where Stripe expands it. */
    Optional<JsonNode> paymentIntent(Source source, String id) {
        return calls.get(source, "/v1/payment_intents/" + encode(id) + "?expand[]=latest_charge");
    }

    Optional<JsonNode> charge(Source source, String id) {
        return calls.get(source, "/v1/charges/" + encode(id));
    }

    /** The first customers with exactly that address. */
    List<JsonNode> customers(Source source, String email) {
        return page(source, "/v1/customers?limit=" + FEW + "&email=" + encode(email));
    }

    /** All that a customer subscribed to, up to a page of them. */
    List<JsonNode> subscriptionsOf(Source source, String customer) {
        return page(
                source,
                "/v1/subscriptions?status=all&limit="
                        + StripePages.PAGE
                        + "&customer="
                        + encode(customer));
    }

    private List<JsonNode> page(Source source, String path) {
        var items = new ArrayList<JsonNode>();
        calls.get(source, path).ifPresent(list -> list.path("data").forEach(items::add));
        return items;
    }

    Optional<JsonNode> paymentLink(Source source, String id) {
        return calls.get(source, "/v1/payment_links/" + encode(id));
    }

    Optional<JsonNode> subscription(Source source, String id) {
        return calls.get(source, "/v1/subscriptions/" + encode(id));
    }

    Optional<JsonNode> refund(Source source, String id) {
        return calls.get(source, "/v1/refunds/" + encode(id));
    }

    /**
     * The invoices of a subscription that charged something and were made before another, the
     * newest first; up to a page of them.
     *
     * @param but the other
     * @param created when that was made, seconds since 1970
     */
    List<String> invoicesPaidBefore(Source source, String subscription, String but, long created) {
        String path =
                "/v1/invoices?status=paid&limit="
                        + StripePages.PAGE
                        + "&subscription="
                        + encode(subscription);
        return page(source, path).stream()
                .filter(invoice -> invoice.path("created").asLong(Long.MAX_VALUE) <= created)
                .filter(invoice -> invoice.path("total").asLong(0) > 0)
                .map(invoice -> SessionFields.id(invoice.path("id"), "id"))
                .filter(id -> !id.equals(but))
                .toList();
    }

    Optional<JsonNode> dispute(Source source, String id) {
        return calls.get(source, "/v1/disputes/" + encode(id));
    }

    Optional<JsonNode> customer(Source source, String id) {
        return calls.get(source, "/v1/customers/" + encode(id));
    }

    /**
     * The Checkout Sessions of a subscription or payment intent; empty where Stripe can't list them
     * by it.
     *
     * @param field {@code subscription} or {@code payment_intent}
     */
    Optional<JsonNode> sessionsOf(Source source, String field, String id) {
        return calls.get(source, "/v1/checkout/sessions?limit=1&" + field + "=" + encode(id))
                .map(list -> list.path("data"))
                .filter(JsonNode::isArray);
    }

    Optional<JsonNode> invoice(Source source, String id) {
        return calls.get(source, "/v1/invoices/" + encode(id));
    }

    /** The lines of an invoice that follow that one; all of them where it is empty. */
    List<JsonNode> invoiceLines(Source source, String invoice, String following) {
        return pages(
                source,
                "/v1/invoices/" + encode(invoice) + "/lines?limit=" + StripePages.PAGE,
                following,
                Reason.THE_INVOICE.text(invoice));
    }

    /** The lines of a credit note that follow that one; all of them where it is empty. */
    List<JsonNode> creditNoteLines(Source source, String creditNote, String following) {
        return pages(
                source,
                "/v1/credit_notes/" + encode(creditNote) + "/lines?limit=" + StripePages.PAGE,
                following,
                creditNote);
    }

    /** Stripe's own credit notes on an invoice, up to a page of them. */
    List<JsonNode> creditNotes(Source source, String invoice) {
        return page(
                source,
                "/v1/credit_notes?limit=" + StripePages.PAGE + "&invoice=" + encode(invoice));
    }

    /**
     * All refunds of a payment.
     *
     * @param field {@code charge} or {@code payment_intent}
     */
    List<JsonNode> refundsOf(Source source, String field, String id) {
        return pages(
                source,
                "/v1/refunds?limit=" + StripePages.PAGE + "&" + field + "=" + encode(id),
                "",
                Reason.THE_REFUNDS.text(id));
    }

    /** What paid an invoice, as Stripe's {@code invoice_payment}s tell. */
    List<JsonNode> paymentsOfInvoice(Source source, String invoice) {
        return page(
                source,
                "/v1/invoice_payments?limit=" + StripePages.PAGE + "&invoice=" + encode(invoice));
    }

    /** The invoice that a payment intent paid, empty where it paid none. */
    String invoiceOfPayment(Source source, String intent) {
        return calls.get(
                        source,
                        "/v1/invoice_payments?limit=1&payment[type]=payment_intent&payment[payment_intent]="
                                + encode(intent))
                .map(list -> list.path("data").path(0).path("invoice"))
                .map(invoice -> SessionFields.reference(invoice, "invoice"))
                .orElse("");
    }

    private static String key(Environment environment, String account, String id) {
        return environment.code() + " " + account + " " + id;
    }

    private static String encode(String text) {
        return StripePath.encode(text);
    }
}
