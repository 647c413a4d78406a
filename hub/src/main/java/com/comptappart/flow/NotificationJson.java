package com.comptappart.flow;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.order.Buyer;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        var paid = order.paid();
        var body = JSON.createObjectNode();
        body.put("event_type", type);
        body.put("event_id", paid.eventId());
        body.put("order_id", order.id().value());
        body.put("timestamp", seconds(invoice.issuedAt()));
        body.put("environment", paid.environment().code());
        customer(body.putObject("customer"), paid.buyer());
        order(body.putObject("order"), paid);
        var document = body.putObject("invoice");
        document.put("number", invoice.number());
        document.put("pdf_url", publicUrl + "/invoices/" + invoice.token());
        document.put("pdf_filename", invoice.filename());
        return JSON.writeValueAsString(body);
    }

    private static void customer(ObjectNode json, Buyer buyer) {
        json.put("first_name", buyer.firstName());
        json.put("last_name", buyer.lastName());
        json.put("email", buyer.email());
        json.put("phone", buyer.phone());
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
        json.put("unit_price", unitPrice(line, currency));
        json.put("amount", new Money(line.gross(), currency).decimal());
        json.put(
                "tax_rate",
                line.vatRate().scale() < 1 ? line.vatRate().setScale(1) : line.vatRate());
        json.putArray("sub_items");
    }

    /** Before tax, rounded to the currency's decimals. */
    private static BigDecimal unitPrice(OrderLine line, Currency currency) {
        return BigDecimal.valueOf(line.net(), currency.decimals())
                .divide(
                        BigDecimal.valueOf(line.quantity()),
                        currency.decimals(),
                        RoundingMode.HALF_UP);
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
