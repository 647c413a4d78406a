package com.comptappart.buyer;

import com.comptappart.buyer.Declaration.Contract;
import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.BuyersOrders;
import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import com.comptappart.order.SubscriptionState;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds which contract a buyer means, and to whom a declaration goes. Only a reference and the
 * address that bought it together name a contract: whoever knows one of the two reaches nothing.
 */
@Component
class Contracts {

    private static final int FEW = 10;
    private static final int MANY = 100;

    private final Orders orders;
    private final Invoices invoices;
    private final BuyersOrders bought;

    Contracts(Orders orders, Invoices invoices, BuyersOrders bought) {
        this.orders = orders;
        this.invoices = invoices;
        this.bought = bought;
    }

    /**
     * To whom, and about what.
     *
     * @param why what keeps the contract from being found, null where it was
     */
    record Found(
            PartnerId partner, Environment environment, Contract contract, @Nullable Why why) {}

    /** What a reference names, whoever gave it. */
    private record Named(
            PartnerId partner, Environment environment, Contract contract, boolean isOfAddress) {}

    /**
     * @param seller whose page was used; null for the page of all
     */
    Found find(String reference, String email, @Nullable PartnerId seller) {
        var named =
                named(reference.strip(), email)
                        .filter(each -> seller == null || each.partner().equals(seller))
                        .toList();
        for (Named each : named) {
            if (each.isOfAddress()) {
                return new Found(each.partner(), each.environment(), each.contract(), null);
            }
        }
        if (!named.isEmpty()) {
            var first = named.getFirst();
            return new Found(
                    first.partner(), first.environment(), Contract.NONE, Why.OTHER_ADDRESS);
        }
        Why why = reference.isBlank() ? Why.NO_REFERENCE : Why.UNKNOWN_REFERENCE;
        if (seller != null) {
            return new Found(seller, environment(seller, email), Contract.NONE, why);
        }
        var sellers = bought.newestOfEachSeller(email, FEW);
        if (sellers.size() == 1) {
            var only = sellers.getFirst().paid();
            return new Found(only.partner(), only.environment(), Contract.NONE, why);
        }
        return new Found(PartnerId.UNASSIGNED, Environment.PRODUCTION, Contract.NONE, why);
    }

    /** The newest order of that address at that seller. */
    Optional<Order> newest(PartnerId seller, Environment environment, String email) {
        return bought.newestOfEachSeller(email, MANY).stream()
                .filter(order -> order.paid().partner().equals(seller))
                .filter(order -> order.paid().environment() == environment)
                .findFirst();
    }

    /** Whether the period that is paid ends before that day, Europe/Paris. */
    boolean endsBefore(@Nullable LocalDate wished, Contract contract) {
        return wished != null
                && bought.named(contract.subscription()).stream()
                        .map(SubscriptionState::currentPeriodEnd)
                        .filter(Objects::nonNull)
                        .anyMatch(end -> end.atZone(Paris.ZONE).toLocalDate().isBefore(wished));
    }

    /** Where the address bought in test mode alone, it is a test. */
    private Environment environment(PartnerId seller, String email) {
        boolean onlyTests =
                newest(seller, Environment.PRODUCTION, email).isEmpty()
                        && newest(seller, Environment.STAGING, email).isPresent();
        return onlyTests ? Environment.STAGING : Environment.PRODUCTION;
    }

    private Stream<Named> named(String reference, String email) {
        if (reference.startsWith("sub_")) {
            return bought.named(reference).stream().map(found -> of(found, email));
        }
        if (reference.matches("[0-9]{1,18}")) {
            return orders.byIds(List.of(new OrderId(Long.parseLong(reference)))).stream()
                    .map(order -> of(order, email));
        }
        String number = reference.toUpperCase(Locale.ROOT);
        if (!number.matches("[A-Z0-9-]{1,35}")) {
            return Stream.empty();
        }
        var issued =
                Stream.of(Environment.values())
                        .map(environment -> new InvoiceFilter(null, environment, null, number))
                        .flatMap(filter ->
                                invoices.list(filter, new PageRequest(FEW, null)).data().stream())
                        .toList();
        return orders.byIds(issued.stream().map(InvoiceIssued::order).toList()).stream()
                .map(order -> of(order, email));
    }

    private static Named of(Order order, String email) {
        var paid = order.paid();
        String subscription = paid.subscriptionId();
        return new Named(
                paid.partner(),
                paid.environment(),
                new Contract(order.id(), paid.account(), subscription == null ? "" : subscription),
                isSame(paid.buyer().email(), email));
    }

    private Named of(SubscriptionState found, String email) {
        var buyer = found.buyer();
        var paid = bought.newestOf(found, email).orElse(null);
        return new Named(
                found.partner(),
                found.environment(),
                new Contract(paid, found.account(), found.subscriptionId()),
                paid != null || (buyer != null && isSame(buyer.email(), email)));
    }

    static boolean isSame(@Nullable String known, String given) {
        return known != null && known.strip().equalsIgnoreCase(given.strip());
    }
}
