package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Proportion;
import com.comptappart.kernel.Reason;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.partner.Sellers;
import com.comptappart.stripe.PaymentReader.Paid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Turns a paid Stripe invoice into one order for each partner whose products it charges, and into
 * credits for those to whom it gives back more.
 */
@Component
class InvoiceReader {

    private final InvoiceLines lines;
    private final PaymentReader payments;
    private final InvoiceOrigin origins;
    private final Shares shares;
    private final InvoiceCredits credits;
    private final Sellers sellers;

    InvoiceReader(
            InvoiceLines lines,
            PaymentReader payments,
            InvoiceOrigin origins,
            Shares shares,
            InvoiceCredits credits,
            Sellers sellers) {
        this.lines = lines;
        this.payments = payments;
        this.origins = origins;
        this.shares = shares;
        this.credits = credits;
        this.sellers = sellers;
    }

    /** What all orders of an invoice share. */
    private record Sale(
            ReceivedEvent event,
            JsonNode invoice,
            @Nullable SessionMemory start,
            Map<String, String> metadata,
            Coverage coverage,
            String language,
            Paid paid) {}

    /**
     * Reads an invoice that is paid.
     *
     * @throws Unreadable when something that money depends on is missing or does not add up
     */
    Told read(ReceivedEvent event, JsonNode invoice, Source source) {
        String id = SessionFields.id(invoice.path("id"), "id");
        SessionFields.currency(invoice);
        var paid = payments.ofInvoice(source, invoice, paidAt(event, invoice));
        if (origins.isOfSession(event, invoice, source, paid.payment().reference())) {
            return Told.nothing(Reason.INVOICE_OF_SESSION.text(id));
        }
        var start = origins.start(event, invoice, source);
        var metadata = metadata(invoice, start);
        // Lines whose product names no partner are the subscription's.
        var charged =
                Charged.withPartner(
                        lines.read(source, invoice), metadata.getOrDefault("partner", "").strip());
        var coverage = origins.coverage(event, invoice, metadata);
        var sale =
                new Sale(
                        event,
                        invoice,
                        start,
                        metadata,
                        coverage,
                        origins.language(invoice, start, source),
                        paid);
        var sold = shares.of(event.account(), charged);
        var below = new LinkedHashMap<PartnerId, Shares.Share>();
        sold.forEach((partner, share) -> {
            if (share.total() < 0) {
                below.put(partner, share);
            }
        });
        sold.keySet().removeAll(below.keySet());
        sold.values().removeIf(Shares.Share::isExchange);
        if (sold.isEmpty() && below.isEmpty()) {
            return Told.nothing(Reason.INVOICE_OF_NOTHING.text());
        }
        long given = -below.values().stream().mapToLong(Shares.Share::total).sum();
        var facts = sold.isEmpty() ? Facts.NONE : orders(sale, sold, given);
        var credited =
                new InvoiceCredits.Paid(
                        event,
                        invoice,
                        source,
                        paid.payment().reference(),
                        paid.payment().paidAt(),
                        new CreditedLines.Sale(
                                event.account(),
                                id,
                                List.copyOf(sold.keySet()),
                                metadata.getOrDefault("partner", "").strip()));
        return Told.of(facts.withRefunds(credits.of(credited, below)));
    }

    /**
     * One for each partner; what the balance paid is shared out in proportion.
     *
     * @param given what lines of other partners are below zero, as more than zero
     */
    private Facts orders(Sale sale, Map<PartnerId, Shares.Share> sold, long given) {
        long[] totals = sold.values().stream().mapToLong(Shares.Share::total).toArray();
        var receipt =
                InvoiceReceipt.of(
                        sale.event(),
                        sale.invoice(),
                        sale.paid().elsewhereMinor(),
                        Arrays.stream(totals).sum());
        long off = InvoiceCredits.takenOff(sale.invoice(), given);
        long[] balances = Proportion.spread(receipt.balanceMinor() - off, totals);
        long[] reduced = Proportion.spread(off, totals);
        String doubt = InvoiceReceipt.doubt(sale.invoice());
        var orders = new ArrayList<PaidOrder>();
        for (var share : sold.entrySet()) {
            share.getValue().attend(doubt);
            int at = orders.size();
            var payment = sale.paid().payment().with(balances[at], reduced[at]);
            orders.add(order(sale, share.getKey(), share.getValue(), payment));
        }
        return Facts.ofOrders(orders, receipt);
    }

    private static Instant paidAt(ReceivedEvent event, JsonNode invoice) {
        return Objects.requireNonNullElse(
                SessionFields.moment(invoice.path("status_transitions").path("paid_at")),
                event.created());
    }

    /** The subscription's, with the session's answers on top; an invoice of its own has its own. */
    private static Map<String, String> metadata(JsonNode invoice, @Nullable SessionMemory start) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (start != null) {
            metadata.putAll(start.metadata());
        }
        metadata.putAll(SessionFields.texts(InvoiceShape.subscriptionMetadata(invoice)));
        metadata.putAll(SessionFields.metadata(invoice));
        return metadata;
    }

    private PaidOrder order(Sale sale, PartnerId partner, Shares.Share share, Payment payment) {
        var event = sale.event();
        var buyer = buyer(sale);
        share.attend(sale.coverage().attention());
        BuyerGaps.of(buyer).forEach(share::attend);
        String subscription = InvoiceShape.subscription(sale.invoice());
        var vat =
                new SaleVat(
                        sellers.sellerOf(partner, event.environment()),
                        buyer,
                        SessionFields.deliveryOfInvoice(sale.invoice()),
                        sale.invoice().path("customer_tax_exempt").asString("none"),
                        ProductVat.exemption(sale.metadata().getOrDefault("vat_exemption", "")),
                        SessionFields.currency(sale.invoice()));
        var taxed = LineTax.of(share.lines(), vat);
        taxed.attention().forEach(share::attend);
        return new PaidOrder(
                event.account(),
                event.environment(),
                SessionFields.id(sale.invoice().path("id"), "id"),
                event.id(),
                partner,
                buyer,
                vat.currency(),
                taxed.lines(),
                payment,
                SessionFields.required(sale.invoice(), "billing_reason"),
                subscription.isEmpty() ? null : subscription,
                customFields(sale),
                sale.coverage().json(),
                sale.metadata(),
                share.attention(),
                vat.delivery());
    }

    /** The buyer's answers, and what the seller wrote on the invoice (an order's number). */
    private static List<CustomField> customFields(Sale sale) {
        var fields = new ArrayList<CustomField>();
        if (sale.start() != null) {
            fields.addAll(sale.start().customFields());
        }
        fields.addAll(SessionFields.customFieldsOfInvoice(sale.invoice()));
        return fields;
    }

    /** As Stripe froze it on the invoice; what an invoice does not hold, the session knew. */
    private static Buyer buyer(Sale sale) {
        var buyer = SessionFields.buyerOfInvoice(sale.invoice());
        var asked = sale.start() == null ? buyer : sale.start().buyer();
        return new Buyer(
                or(buyer.name(), asked.name()),
                or(buyer.email(), asked.email()),
                or(buyer.phone(), asked.phone()),
                or(buyer.line1(), asked.line1()),
                buyer.line1() == null ? asked.line2() : buyer.line2(),
                or(buyer.postalCode(), asked.postalCode()),
                or(buyer.city(), asked.city()),
                or(buyer.country(), asked.country()),
                or(buyer.siren(), asked.siren()),
                or(buyer.vatNumber(), asked.vatNumber()),
                buyer.business() || asked.business(),
                sale.language(),
                or(buyer.company(), asked.company()),
                buyer.line1() == null ? asked.state() : buyer.state());
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}
