package com.comptappart.api;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.order.OrderFilter;
import com.comptappart.order.Orders;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/orders}. */
@RestController
@Tag(name = "Orders", description = "Paid Stripe objects, each for one partner.")
class OrdersApi {

    private final Orders orders;
    private final OrderViews views;
    private final InvoiceSearch invoices;
    private final Scopes scopes;

    OrdersApi(Orders orders, OrderViews views, InvoiceSearch invoices, Scopes scopes) {
        this.orders = orders;
        this.views = views;
        this.invoices = invoices;
        this.scopes = scopes;
    }

    @GetMapping("/v1/orders")
    @Needs(KeyScope.ORDERS_READ)
    @Operation(
            operationId = "listOrders",
            summary = "List or search orders",
            description = "Newest first. Several filters narrow each other.")
    ListView<OrderView> list(
            Caller caller,
            PageRequest page,
            @Parameter(description = "The buyer's address, in any case")
                    @RequestParam(name = "email", required = false)
                    @Nullable String email,
            @Parameter(description = "evt_…") @RequestParam(name = "event_id", required = false)
                    @Nullable String eventId,
            @RequestParam(name = "invoice_number", required = false) @Nullable String invoiceNumber,
            @Parameter(description = "From then on, such as 2026-11-23T00:00:00Z")
                    @RequestParam(name = "created_after", required = false)
                    @Nullable String createdAfter,
            @Parameter(description = "Before then")
                    @RequestParam(name = "created_before", required = false)
                    @Nullable String createdBefore,
            @Parameter(description = "Operators: id or slug, or part_unassigned")
                    @RequestParam(name = "partner", required = false)
                    @Nullable String partner,
            @RequestParam(name = "environment", required = false) @Nullable String environment) {
        var scope = scopes.narrowed(caller, partner, environment);
        var invoiced = invoiced(scope, invoiceNumber);
        var filter =
                new OrderFilter(
                        scope.partner(),
                        scope.environment(),
                        email,
                        eventId,
                        invoiced.orElse(null),
                        Given.timeOrNull("created_after", createdAfter),
                        Given.timeOrNull("created_before", createdBefore));
        Page<Order> found =
                invoiceNumber != null && invoiced.isEmpty()
                        ? new Page<>(List.of(), null)
                        : orders.list(filter, page);
        return new ListView<>(views.of(found.data()), found.nextCursor());
    }

    @GetMapping("/v1/orders/{order_id}")
    @Needs(KeyScope.ORDERS_READ)
    @Operation(
            operationId = "getOrder",
            summary = "Get an order",
            description = "With its invoice, its emails and its notifications.")
    OrderView get(Caller caller, @PathVariable("order_id") String orderId) {
        var found =
                Given.orderId(orderId)
                        .flatMap(id ->
                                orders.find(caller.onlyPartner(), caller.onlyEnvironment(), id))
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "order_not_found", "there is no order " + orderId));
        return views.of(List.of(found)).getFirst();
    }

    private Optional<OrderId> invoiced(Scope scope, @Nullable String number) {
        return number == null
                ? Optional.empty()
                : invoices.find(scope, number).map(invoice -> invoice.order());
    }
}
