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
        @Schema(allowableValues = "order") String object,
        @Schema(description = "The id again, as webhooks name it", example = "156") long orderId,
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
        @Schema(example = "false") boolean isSubscription,
        @Nullable String subscriptionId,
        List<Product> products,
        List<Field> customFields,
        @Schema(
                        description = "The properties and tax years that the payment is for",
                        example = COVERAGE)
                List<Map<String, Object>> coverage,
        @Schema(example = "{\"dossier\": \"2026-0042\"}") Map<String, String> metadata,
        @Schema(description = "cs_… or in_…", example = "cs_live_a1B2c3D4e5F6g7H8")
                String stripeObject,
        @Schema(
                        description = "The Stripe event that told of it",
                        example = "evt_3QMqH82eZvKYlo2C0xzQjKVp")
                String eventId,
        @Schema(description = "Why a person must look at it; null where nothing is wrong")
                @Nullable String attention,
        Instant createdAt,
        @Schema(description = "Null until it is issued") @Nullable Invoice invoice,
        List<Refunded> refunds,
        List<Email> emails,
        List<Notified> notifications) {

    private static final String COVERAGE =
            """
            [{"year": 2026, "property": {"external_id": "00322f69-c2a2-41d3-9848-0d74c838a6c4", "name": "Appartement Bordeaux"}}]
            """;

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
            @Schema(example = "Marie") @Nullable String firstName,
            @Schema(example = "Martin") @Nullable String lastName,
            @Schema(example = "marie.martin@example.com") @Nullable String email,
            @Schema(example = "+33687654321") @Nullable String phone) {}

    /**
     * A line.
     *
     * @param amount tax included
     * @param unitPrice before tax, rounded to the currency's decimals
     */
    @Schema(name = "Product")
    record Product(
            @Schema(example = "prod_RFvQB6zA3Tn8yZ") String productId,
            @Schema(example = "Déclaration d'impôts - Formule Complète") String productName,
            @Schema(example = "1") long quantity,
            @Schema(description = "Before tax, rounded", example = "83.32") BigDecimal unitPrice,
            @Schema(description = "Tax included", example = "99.99") BigDecimal amount,
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
    record SubItem(
            @Schema(example = "1 à 3 logements") String description,
            @Schema(example = "1") long quantity,
            @Schema(example = "83.32") BigDecimal unitPrice,
            @Schema(example = "99.99") BigDecimal amount) {}

    @Schema(name = "CustomField")
    record Field(
            @Schema(example = "anneedeladeclaration") String key,
            @Schema(example = "Année de la déclaration") String label,
            @Schema(example = "2025") String value) {}

    @Schema(name = "OrderInvoice")
    record Invoice(
            @Schema(example = "FQCA-2026-000156") String number,
            @Schema(
                            format = "uri",
                            example = "https://hub.example/invoices/4eC39HqLyjWDarjtT1zdp7dc")
                    String pdfUrl,
            @Schema(example = "FQCA-2026-000156.pdf") String pdfFilename) {}

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
            @Schema(example = "requested_by_customer") @Nullable String reason,
            @Schema(description = "Stripe's; null unless it failed") @Nullable String failureReason,
            @Schema(description = "Nothing of the order is left after it", example = "false")
                    boolean full,
            @Schema(
                            description = "Its number; null until it is issued",
                            example = "AQCA-2026-000012")
                    @Nullable String creditNote,
            Instant createdAt) {}

    @Schema(name = "OrderEmail")
    record Email(
            @Schema(example = "mail_4eC39HqLyjWDarjtT1zdp7dc") String id,
            @Schema(
                            allowableValues = {"pending", "sent", "kept", "failed", "suppressed"},
                            example = "sent")
                    String status,
            @Schema(example = "2026-11-23T14:32:21Z") @Nullable Instant endedAt) {}

    @Schema(name = "OrderNotification")
    record Notified(
            @Schema(example = "msg_4eC39HqLyjWDarjtT1zdp7dc") String id,
            @Schema(example = "we_4eC39HqLyjWDarjtT1zdp7dc") @Nullable String webhookEndpoint,
            @Schema(example = "order.created") String eventType,
            @Schema(
                            allowableValues = {"pending", "delivered", "failed", "held"},
                            example = "delivered")
                    String status,
            @Schema(example = "1") int attemptCount,
            @Schema(example = "2026-11-23T14:32:22Z") @Nullable Instant endedAt) {}
}
