package com.comptappart.accounting;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Paris;
import com.comptappart.order.AllOrders;
import com.comptappart.order.Order;
import com.comptappart.order.OrderFilter;
import com.comptappart.order.Sought;
import com.comptappart.order.SoughtOrders;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Orders as a list, oldest first, each with its invoice and what was credited of it. */
@Component
public class OrdersExport {

    private static final int PAGE = 100;

    private final Books books;
    private final AllOrders orders;
    private final SoughtOrders found;
    private final Invoices invoices;

    OrdersExport(Books books, AllOrders orders, SoughtOrders found, Invoices invoices) {
        this.books = books;
        this.orders = orders;
        this.found = found;
        this.invoices = invoices;
    }

    public Export of(Days days) {
        books.tell(JournalKind.EXPORT, "list of orders", days);
        return new Export(days.name("commandes") + ".csv", Csv.MEDIA_TYPE, out -> write(days, out));
    }

    /**
     * Those that somebody found, newest first, a page in memory at a time.
     *
     * @param environment which the filter asks for
     * @param by who asks, for the technical journal
     */
    public Export of(Environment environment, OrderFilter filter, Sought sought, String by) {
        books.tell(JournalKind.EXPORT, "list of orders as filtered", environment, by);
        String name = environment.livemode() ? "commandes.csv" : "TEST-commandes.csv";
        return new Export(name, Csv.MEDIA_TYPE, out -> write(filter, sought, out));
    }

    private void write(OrderFilter filter, Sought sought, OutputStream out) throws IOException {
        var csv = csv(out);
        String after = null;
        do {
            var page = found.list(filter, sought, new PageRequest(PAGE, after));
            write(csv, page.data());
            after = page.nextCursor();
        } while (after != null);
        csv.flush();
    }

    private void write(Days days, OutputStream out) throws IOException {
        var csv = csv(out);
        orders.<IOException>forEachPage(
                days.environment(),
                days.from().atStartOfDay(Paris.ZONE).toInstant(),
                days.to().plusDays(1).atStartOfDay(Paris.ZONE).toInstant(),
                page -> write(csv, page));
        csv.flush();
    }

    private static Csv csv(OutputStream out) throws IOException {
        return new Csv(
                out,
                "order_id",
                "created_at_utc",
                "paid_at_utc",
                "environment",
                "partner",
                "customer_name",
                "customer_email",
                "customer_country",
                "currency",
                "net_amount",
                "tax_amount",
                "total_amount",
                "credited_amount",
                "products",
                "billing_reason",
                "subscription_id",
                "invoice_number",
                "payment_method",
                "payment_reference",
                "stripe_object",
                "event_id",
                "attention");
    }

    private void write(Csv csv, List<Order> page) throws IOException {
        if (page.isEmpty()) {
            return;
        }
        var ids = page.stream().map(Order::id).toList();
        var invoiced = invoices.ofOrders(ids);
        var credited = invoices.creditNotesOf(ids);
        for (Order order : page) {
            row(csv, order, invoiced.get(order.id()), credited(order.id(), credited));
        }
    }

    private static long credited(OrderId order, Map<OrderId, List<InvoiceIssued>> creditNotes) {
        return creditNotes.getOrDefault(order, List.of()).stream()
                .mapToLong(InvoiceIssued::totalMinor)
                .sum();
    }

    private static void row(Csv csv, Order order, @Nullable InvoiceIssued invoice, long credited)
            throws IOException {
        var paid = order.paid();
        var currency = paid.currency();
        csv.row(
                order.id().value(),
                order.createdAt(),
                paid.payment().paidAt(),
                paid.environment().code(),
                paid.partner().value(),
                paid.buyer().name(),
                paid.buyer().email(),
                paid.buyer().country(),
                currency.code(),
                new Money(paid.total() - paid.tax(), currency).decimal(),
                new Money(paid.tax(), currency).decimal(),
                new Money(paid.total(), currency).decimal(),
                new Money(credited, currency).decimal(),
                String.join(
                        ", ",
                        paid.lines().stream()
                                .map(line -> line.quantity() + " × " + line.name())
                                .toList()),
                paid.billingReason(),
                paid.subscriptionId(),
                invoice == null ? "" : invoice.number(),
                paid.payment().method(),
                paid.payment().reference(),
                paid.stripeObject(),
                paid.eventId(),
                paid.attention());
    }
}
