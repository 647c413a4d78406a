package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A fact: this Stripe object was paid, for this partner. The key is (account, environment,
 * stripeObject, partner).
 *
 * @param account the connected account, empty for our own
 * @param stripeObject {@code cs_…} or {@code in_…}
 * @param eventId the Stripe event that told of it
 * @param billingReason {@code one_time}, {@code subscription_create}, …
 * @param coverage the JSON array of contract section 3, {@code []} where there is none
 * @param attention why a person must look at it, although it is an order; empty where nothing is
 *     wrong
 * @param delivery where goods go, where Stripe asked for it
 */
public record PaidOrder(
        String account,
        Environment environment,
        String stripeObject,
        String eventId,
        PartnerId partner,
        Buyer buyer,
        Currency currency,
        List<OrderLine> lines,
        Payment payment,
        String billingReason,
        @Nullable String subscriptionId,
        List<CustomField> customFields,
        String coverage,
        Map<String, String> metadata,
        String attention,
        @Nullable Delivery delivery) {

    public PaidOrder {
        lines = List.copyOf(lines);
        customFields = List.copyOf(customFields);
        // In the order of Stripe's: what is made of it later is the same on every node.
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Which lines of the order's invoice, from 0, say each of its lines: one whose discount is
     * shown has two.
     */
    public List<List<Integer>> invoiceLines() {
        var places = new ArrayList<List<Integer>>(lines.size());
        int next = 0;
        for (OrderLine line : lines) {
            int first = next;
            next += line.showsDiscount() ? 2 : 1;
            places.add(IntStream.range(first, next).boxed().toList());
        }
        return places;
    }

    /** Tax included, minor units. */
    public long total() {
        return lines.stream().mapToLong(OrderLine::gross).sum();
    }

    /** Minor units. */
    public long tax() {
        return lines.stream().mapToLong(OrderLine::vat).sum();
    }
}
