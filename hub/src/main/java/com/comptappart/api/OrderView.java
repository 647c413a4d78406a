package com.comptappart.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An order as the API shows it: the webhook's fields, and how far it got. */
@Schema(name = "Order")
record OrderView(
        @Schema(example = "156") long id,
        String object,
        @Schema(description = "The id again, as webhooks name it") long orderId,
        @Schema(description = "The partner's id; part_unassigned where Stripe names none")
                String partner,
        String environment,
        Customer customer,
        @Schema(description = "Tax included, with the currency's decimals", example = "99.99")
                BigDecimal totalAmount,
        @Schema(example = "16.67") BigDecimal taxAmount,
        @Schema(example = "EUR") String currency,
        Instant paymentDate,
        @Schema(example = "one_time") String billingReason,
        boolean isSubscription,
        @Nullable String subscriptionId,
        List<Product> products,
        List<Field> customFields,
        @Schema(description = "The properties and tax years that the payment is for")
                List<Map<String, Object>> coverage,
        Map<String, String> metadata,
        @Schema(description = "cs_… or in_…") String stripeObject,
        @Schema(description = "The Stripe event that told of it") String eventId,
        @Schema(description = "Why a person must look at it; null where nothing is wrong")
                @Nullable String attention,
        Instant createdAt,
        @Schema(description = "Null until it is issued") @Nullable Invoice invoice,
        List<Refunded> refunds,
        List<Email> emails,
        List<Notified> notifications) {

    OrderView {
        products = List.copyOf(products);
        customFields = List.copyOf(customFields);
        coverage = List.copyOf(coverage);
        metadata = Map.copyOf(metadata);
        refunds = List.copyOf(refunds);
        emails = List.copyOf(emails);
        notifications = List.copyOf(notifications);
    }

    @Schema(name = "Customer")
    record Customer(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone) {}

    /**
     * A line.
     *
     * @param amount tax included
     * @param unitPrice before tax, rounded to the currency's decimals
     */
    @Schema(name = "Product")
    record Product(
            String productId,
            String productName,
            long quantity,
            @Schema(description = "Before tax, rounded") BigDecimal unitPrice,
            @Schema(description = "Tax included") BigDecimal amount,
            @Schema(description = "Percent", example = "20.0") BigDecimal taxRate,
            @Schema(description = "The tiers of the price") List<SubItem> subItems) {
        Product {
            subItems = List.copyOf(subItems);
        }
    }

    /**
     * A tier of a price.
     *
     * @param amount tax included
     * @param unitPrice before tax, rounded to the currency's decimals
     */
    @Schema(name = "SubItem")
    record SubItem(String description, long quantity, BigDecimal unitPrice, BigDecimal amount) {}

    @Schema(name = "CustomField")
    record Field(String key, String label, String value) {}

    @Schema(name = "OrderInvoice")
    record Invoice(String number, String pdfUrl, String pdfFilename) {}

    /**
     * What the order takes of a refund.
     *
     * @param status where Stripe's refund stands; a failed one with a credit note came back after
     *     it had succeeded
     * @param creditNote of a refund that took the place of a failed one: that one's
     */
    @Schema(name = "OrderRefund")
    record Refunded(
            @Schema(
                            example = "re_3QMqH82eZvKYlo2C1Rf0xYzA",
                            description =
                                    "Stripe's refund; of a credit, the Stripe invoice or credit note that gave it")
                    String id,
            @Schema(description = "The order's part", example = "30.00") BigDecimal amount,
            @Schema(
                            allowableValues = {"refund", "balance", "out_of_band", "reduction"},
                            description =
                                    "Money that Stripe sends back, or a credit: to the customer's balance, paid outside of Stripe, taken off before the payment")
                    String means,
            @Schema(allowableValues = {"pending", "succeeded", "failed", "canceled"}) String status,
            @Nullable String reason,
            @Schema(description = "Stripe's; null unless it failed") @Nullable String failureReason,
            @Schema(description = "Nothing of the order is left after it") boolean full,
            @Schema(description = "Its number; null until it is issued")
                    @Nullable String creditNote,
            Instant createdAt) {}

    @Schema(name = "OrderEmail")
    record Email(
            String id,
            @Schema(allowableValues = {"pending", "sent", "kept", "failed", "suppressed"})
                    String status,
            @Nullable Instant endedAt) {}

    @Schema(name = "OrderNotification")
    record Notified(
            String id,
            @Nullable String webhookEndpoint,
            String eventType,
            @Schema(allowableValues = {"pending", "delivered", "failed", "held"}) String status,
            int attemptCount,
            @Nullable Instant endedAt) {}
}
