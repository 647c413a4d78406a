package com.comptappart.api;

import com.comptappart.kernel.Refused;
import com.comptappart.order.Orders;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.stripe.RefundRequests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/orders/{order_id}/refunds}. */
@RestController
@Tag(name = "Orders")
class RefundsApi {

    @Schema(name = "NewRefund")
    record New(
            @Schema(
                            description =
                                    "Tax included, with at most the currency's decimals; left out:"
                                            + " all that is left",
                            example = "49.99")
                    @Nullable BigDecimal amount,
            @Schema(
                            allowableValues = {"duplicate", "fraudulent", "requested_by_customer"},
                            example = "requested_by_customer")
                    @Nullable String reason) {}

    @Schema(name = "Refund")
    record View(
            @Schema(example = "re_3QMqH82eZvKYlo2C1Rf0xYzA") String id,
            @Schema(allowableValues = "refund") String object,
            @Schema(example = "156") long orderId,
            @Schema(
                            description =
                                    "Stripe's word: pending, requires_action, succeeded, failed or"
                                            + " canceled",
                            example = "succeeded")
                    String status,
            @Schema(example = "49.99") BigDecimal amount,
            @Schema(example = "EUR") String currency,
            @Schema(example = "requested_by_customer") @Nullable String reason) {}

    private final Orders orders;
    private final RefundRequests refunds;
    private final Deeds deeds;

    RefundsApi(Orders orders, RefundRequests refunds, Deeds deeds) {
        this.deeds = deeds;
        this.orders = orders;
        this.refunds = refunds;
    }

    @PostMapping("/v1/orders/{order_id}/refunds")
    @Needs(KeyScope.REFUNDS_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createRefund",
            summary = "Refund an order or a part of it",
            description =
                    "Asks Stripe; the credit note and order.refunded follow once Stripe says that"
                            + " the refund succeeded.")
    View create(
            Caller caller,
            StripeKey key,
            @PathVariable("order_id") String orderId,
            @RequestBody(required = false) @Nullable New wanted) {
        var order =
                Given.orderId(orderId)
                        .flatMap(id ->
                                orders.find(caller.onlyPartner(), caller.onlyEnvironment(), id))
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "order_not_found", "there is no order " + orderId));
        var made =
                deeds.of(
                                caller,
                                "refund.asked",
                                order.paid().partner(),
                                order.paid().environment(),
                                "")
                        .with("order", order.id().toString())
                        .doneBeyond(
                                () ->
                                        refunds.create(
                                                order,
                                                wanted == null ? null : wanted.amount(),
                                                wanted == null ? null : wanted.reason(),
                                                key.value()),
                                (deed, refund) ->
                                        deed.on(refund.id())
                                                .with("amount", refund.amount().toString()));
        return new View(
                made.id(),
                "refund",
                made.order().value(),
                made.status(),
                made.amount().decimal(),
                made.amount().currency().code(),
                made.reason());
    }
}
