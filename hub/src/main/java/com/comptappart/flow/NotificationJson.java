package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.order.Buyer;
import com.comptappart.order.Dispute;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.OrderRefund;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.SubItem;
import com.comptappart.order.SubscriptionNotice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bodies that partners get (contract, section 3): fixed fields in a fixed order, amounts in
 * exact decimals.
 */
final class NotificationJson {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final String publicUrl;

    NotificationJson(String publicUrl) {
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** The body of {@code order.created} and {@code order.renewed}. */
    String order(String type, Order order, InvoiceIssued invoice) {
        return JSON.writeValueAsString(
                whole(type, order.paid().eventId(), invoice.issuedAt(), order, invoice));
    }

    /** The body of {@code order.refunded}: the order's, with the refund and its credit note. */
    String refunded(
            Order order, InvoiceIssued invoice, OrderRefund refund, InvoiceIssued creditNote) {
        var body = whole("order.refunded", refund.eventId(), creditNote.issuedAt(), order, invoice);
        var json = body.putObject("refund");
        json.put("amount", new Money(refund.amountMinor(), refund.currency()).decimal());
        json.put("reason", refund.reason().isEmpty() ? null : refund.reason());
        json.put("full", refund.full());
        document(body.putObject("credit_note"), creditNote);
        return JSON.writeValueAsString(body);
    }

    /** The body of {@code order.disputed}: the order's, with the dispute. */
    String disputed(Order order, InvoiceIssued invoice, Dispute dispute) {
        var body = whole("order.disputed", dispute.eventId(), dispute.at(), order, invoice);
        var json = body.putObject("dispute");
        json.put("id", dispute.disputeId());
        json.put("status", dispute.status());
        json.put("reason", dispute.reason());
        json.put("amount", new Money(dispute.amountMinor(), dispute.currency()).decimal());
        return JSON.writeValueAsString(body);
    }

    /** The body of {@code subscription.*}: the subscription in place of order and invoice. */
    String subscription(String type, SubscriptionNotice notice) {
        var state = notice.state();
        var body = head(type, notice.eventId(), null, notice.at(), state.environment());
        customer(body.putObject("customer"), state.buyer());
        var json = body.putObject("subscription");
        json.put("id", state.subscriptionId());
        json.put("status", state.status());
        json.put("current_period_end", secondsOrNull(state.currentPeriodEnd()));
        json.put("cancel_at", secondsOrNull(state.cancelAt()));
        json.put("canceled_at", secondsOrNull(state.canceledAt()));
        return JSON.writeValueAsString(body);
    }

    private static ObjectNode head(
            String type,
            String eventId,
            @Nullable Long orderId,
            Instant timestamp,
            Environment environment) {
        var body = JSON.createObjectNode();
        body.put("event_type", type);
        body.put("event_id", eventId);
        body.put("order_id", orderId);
        body.put("timestamp", seconds(timestamp));
        body.put("environment", environment.code());
        return body;
    }

    private ObjectNode whole(
            String type, String eventId, Instant at, Order order, InvoiceIssued invoice) {
        var paid = order.paid();
        var body = head(type, eventId, order.id().value(), at, paid.environment());
        customer(body.putObject("customer"), paid.buyer());
        order(body.putObject("order"), paid);
        document(body.putObject("invoice"), invoice);
        return body;
    }

    private void document(ObjectNode json, InvoiceIssued document) {
        json.put("number", document.number());
        json.put("pdf_url", publicUrl + "/invoices/" + document.token());
        json.put("pdf_filename", document.filename());
    }

    private static void customer(ObjectNode json, @Nullable Buyer buyer) {
        json.put("first_name", buyer == null ? null : buyer.firstName());
        json.put("last_name", buyer == null ? null : buyer.lastName());
        json.put("email", buyer == null ? null : buyer.email());
        json.put("phone", buyer == null ? null : buyer.phone());
    }

    private static void order(ObjectNode json, PaidOrder paid) {
        json.put("total_amount", new Money(paid.total(), paid.currency()).decimal());
        json.put("tax_amount", new Money(paid.tax(), paid.currency()).decimal());
        json.put("currency", paid.currency().code());
        json.put("payment_date", seconds(paid.payment().paidAt()));
        json.put("billing_reason", paid.billingReason());
        json.put("is_subscription", paid.subscriptionId() != null);
        json.put("subscription_id", paid.subscriptionId());
        ArrayNode products = json.putArray("products");
        paid.lines().forEach(line -> product(products.addObject(), line, paid.currency()));
        ArrayNode fields = json.putArray("custom_fields");
        paid.customFields()
                .forEach(field -> {
                    var each = fields.addObject();
                    each.put("key", field.key());
                    each.put("label", field.label());
                    each.put("value", field.value());
                });
        json.set("coverage", JSON.readTree(paid.coverage()));
        var metadata = json.putObject("metadata");
        paid.metadata().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    }

    private static void product(ObjectNode json, OrderLine line, Currency currency) {
        json.put("product_id", line.productId().isEmpty() ? null : line.productId());
        json.put("product_name", line.name());
        json.put("quantity", line.quantity());
        json.put("unit_price", new Money(line.net(), currency).each(line.quantity()));
        json.put("amount", new Money(line.gross(), currency).decimal());
        json.put(
                "tax_rate",
                line.vatRate().scale() < 1 ? line.vatRate().setScale(1) : line.vatRate());
        var parts = json.putArray("sub_items");
        for (SubItem item : line.subItems()) {
            var part = parts.addObject();
            part.put("description", item.description());
            part.put("quantity", item.quantity());
            part.put("unit_price", new Money(item.net(), currency).each(item.quantity()));
            part.put("amount", new Money(item.gross(), currency).decimal());
        }
    }

    private static @Nullable String secondsOrNull(@Nullable Instant instant) {
        return instant == null ? null : seconds(instant);
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
