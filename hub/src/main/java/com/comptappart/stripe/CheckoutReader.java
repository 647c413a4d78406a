package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.VatSplit;
import com.comptappart.partner.Partners;
import com.comptappart.partner.Seller;
import com.comptappart.partner.Sellers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Turns a paid Checkout Session into one order for each partner of its cart; never guesses about
 * money.
 */
@Component
class CheckoutReader {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final StripeApi stripe;
    private final Partners partners;
    private final Sellers sellers;

    CheckoutReader(StripeApi stripe, Partners partners, Sellers sellers) {
        this.stripe = stripe;
        this.partners = partners;
        this.sellers = sellers;
    }

    /** A line as Stripe charged it; the rate is null where Stripe computed no tax. */
    private record Charged(
            String productId,
            String name,
            long quantity,
            long total,
            long tax,
            String partner,
            String vatRate,
            String nature,
            boolean taxedByStripe,
            String stripeRate) {}

    /**
     * Reads a session that is paid.
     *
     * @throws Unreadable when something that money depends on is missing or does not add up
     * @throws StripeUnavailable when Stripe can't be asked now
     */
    List<PaidOrder> read(ReceivedEvent event, JsonNode session) {
        String id = SessionFields.required(session, "id");
        var currency = currency(session);
        long total = SessionFields.amount(session, "amount_total");
        var lines = charged(event, session, id);
        long sum = lines.stream().mapToLong(Charged::total).sum();
        if (sum != total) {
            throw new Unreadable(
                    "the lines of "
                            + id
                            + " add up to "
                            + sum
                            + ", but "
                            + total
                            + " "
                            + currency
                            + " (minor units) was charged");
        }
        var payment = payment(event, session, id);
        String fallback = session.path("metadata").path("partner").asString("");
        Map<String, List<Charged>> byPartner = new LinkedHashMap<>();
        for (Charged line : lines) {
            String word = line.partner().isBlank() ? fallback : line.partner();
            byPartner.computeIfAbsent(word, _ -> new ArrayList<>()).add(line);
        }
        var coverage = Coverage.of(session.path("metadata"));
        Map<PartnerId, PaidOrder> orders = new LinkedHashMap<>();
        byPartner.forEach((word, charged) -> {
            var partner = partners.resolve(word).orElse(PartnerId.UNASSIGNED);
            String attention =
                    partner.equals(PartnerId.UNASSIGNED) && !word.isBlank()
                            ? "no partner has the id or slug '" + word + "'"
                            : coverage.attention();
            var order =
                    new PaidOrder(
                            event.account(),
                            event.environment(),
                            id,
                            event.id(),
                            partner,
                            SessionFields.buyer(session),
                            currency,
                            taxed(charged, sellers.sellerOf(partner, event.environment())),
                            payment,
                            "one_time",
                            null,
                            SessionFields.customFields(session),
                            coverage.json(),
                            SessionFields.metadata(session),
                            attention);
            orders.merge(partner, order, CheckoutReader::together);
        });
        return List.copyOf(orders.values());
    }

    /** An unknown slug and none at all are both unassigned: one order. */
    private static PaidOrder together(PaidOrder a, PaidOrder b) {
        var lines = new ArrayList<>(a.lines());
        lines.addAll(b.lines());
        return new PaidOrder(
                a.account(),
                a.environment(),
                a.stripeObject(),
                a.eventId(),
                a.partner(),
                a.buyer(),
                a.currency(),
                lines,
                a.payment(),
                a.billingReason(),
                a.subscriptionId(),
                a.customFields(),
                a.coverage(),
                a.metadata(),
                a.attention().isEmpty() ? b.attention() : a.attention());
    }

    private List<Charged> charged(ReceivedEvent event, JsonNode session, String id) {
        var embedded = session.path("line_items");
        List<JsonNode> items = new ArrayList<>();
        if (embedded.path("data").isArray() && !embedded.path("has_more").asBoolean(true)) {
            embedded.path("data").forEach(items::add);
        }
        if (items.isEmpty()) {
            items = stripe.lineItems(event.environment(), event.account(), id);
        }
        var lines = new ArrayList<Charged>();
        for (JsonNode item : items) {
            lines.add(line(event, item));
        }
        var shipping = session.path("shipping_cost");
        if (shipping.path("amount_total").asLong(0) > 0) {
            lines.add(
                    new Charged(
                            "",
                            "Livraison",
                            1,
                            shipping.path("amount_total").longValue(),
                            shipping.path("amount_tax").asLong(0),
                            "",
                            "",
                            "",
                            shipping.path("amount_tax").asLong(0) > 0,
                            ""));
        }
        return lines;
    }

    private Charged line(ReceivedEvent event, JsonNode item) {
        var product = product(event, item.path("price").path("product"));
        var metadata = product.path("metadata");
        String name = item.path("description").asString(product.path("name").asString(""));
        var taxes = item.path("taxes");
        String rate =
                taxes.size() == 1 ? taxes.path(0).path("rate").path("percentage").asString("") : "";
        long tax = item.path("amount_tax").asLong(0);
        return new Charged(
                product.path("id").asString(""),
                name.isBlank() ? "Article" : name,
                Math.max(1, item.path("quantity").asLong(1)),
                SessionFields.amount(item, "amount_total"),
                tax,
                metadata.path("partner").asString(""),
                metadata.path("vat_rate").asString(""),
                metadata.path("nature").asString(""),
                tax > 0 || taxes.size() > 0,
                rate);
    }

    private JsonNode product(ReceivedEvent event, JsonNode product) {
        if (product.isObject()) {
            return product;
        }
        String id = product.asString("");
        if (id.isEmpty()) {
            return product;
        }
        return stripe.product(event.environment(), event.account(), id)
                .orElseThrow(() -> new Unreadable("Stripe does not know the product " + id));
    }

    /** Stripe's own tax where it computed one, else the seller's rate, tax included. */
    private static List<OrderLine> taxed(List<Charged> lines, Seller seller) {
        var byUs = lines.stream().filter(line -> !line.taxedByStripe()).toList();
        var rates = byUs.stream().map(line -> rate(line, seller)).toList();
        var splits = VatSplit.inclusive(byUs.stream().map(Charged::total).toList(), rates);
        var result = new ArrayList<OrderLine>();
        int own = 0;
        for (Charged line : lines) {
            String nature =
                    Set.of("goods", "services").contains(line.nature())
                            ? line.nature()
                            : seller.nature();
            if (line.taxedByStripe()) {
                long net = line.total() - line.tax();
                result.add(
                        new OrderLine(
                                line.productId(),
                                line.name(),
                                line.quantity(),
                                net,
                                line.tax(),
                                stripeRate(line, net),
                                nature));
                continue;
            }
            var split = splits.get(own);
            result.add(
                    new OrderLine(
                            line.productId(),
                            line.name(),
                            line.quantity(),
                            split.net(),
                            split.vat(),
                            rates.get(own),
                            nature));
            own++;
        }
        return result;
    }

    private static BigDecimal rate(Charged line, Seller seller) {
        if (seller.franchise()) {
            return BigDecimal.ZERO;
        }
        if (line.vatRate().isBlank()) {
            return seller.vatRate();
        }
        try {
            var rate = new BigDecimal(line.vatRate());
            if (rate.signum() >= 0 && rate.compareTo(HUNDRED) < 0) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // said below, with the value
        }
        throw new Unreadable(
                "the product "
                        + line.productId()
                        + " has the metadata vat_rate '"
                        + line.vatRate()
                        + "': it must be a percentage such as 5.5");
    }

    private static BigDecimal stripeRate(Charged line, long net) {
        if (!line.stripeRate().isBlank()) {
            return new BigDecimal(line.stripeRate());
        }
        if (line.tax() == 0) {
            return BigDecimal.ZERO;
        }
        for (String french : List.of("20", "10", "5.5", "2.1")) {
            var rate = new BigDecimal(french);
            long expected =
                    BigDecimal.valueOf(net)
                            .multiply(rate)
                            .divide(HUNDRED, 0, java.math.RoundingMode.HALF_UP)
                            .longValueExact();
            if (Math.abs(expected - line.tax()) <= 1) {
                return rate;
            }
        }
        throw new Unreadable("Stripe does not say at which rate it taxed '" + line.name() + "'");
    }

    private Payment payment(ReceivedEvent event, JsonNode session, String id) {
        var reference = session.path("payment_intent");
        String intentId =
                reference.isObject() ? reference.path("id").asString("") : reference.asString("");
        if (intentId.isEmpty()) {
            return new Payment(event.created(), "unknown", null, id);
        }
        var intent =
                reference.isObject() && reference.path("latest_charge").isObject()
                        ? reference
                        : stripe.paymentIntent(event.environment(), event.account(), intentId)
                                .orElse(reference);
        var details = intent.path("latest_charge").path("payment_method_details");
        String method = details.path("type").asString("unknown");
        String last4 = details.path(method).path("last4").asString("");
        return new Payment(event.created(), method, last4.isEmpty() ? null : last4, intentId);
    }

    private static Currency currency(JsonNode session) {
        try {
            return Currency.ofStripe(SessionFields.required(session, "currency"));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("unknown currency: " + session.path("currency"));
        }
    }
}
