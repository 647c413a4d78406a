package com.comptappart.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is there in the end, counted at the hub's own API and at the doors around it.
 *
 * @param wrong each broken promise in words; empty where everything holds
 */
record Outcome(
        int expected,
        int orders,
        int invoices,
        String numbers,
        int mailedOrders,
        int mails,
        int notifiedOrders,
        int notifications,
        int signaturesVerified,
        Sightings.Faults faults,
        List<String> wrong) {

    Outcome {
        wrong = List.copyOf(wrong);
    }

    static Outcome of(int expected, HubApi api, Sightings seen) throws InterruptedException {
        var wrong = new ArrayList<String>();
        Set<String> stripeObjects = new HashSet<>();
        int orders = api.each("/v1/orders", order -> stripeObjects.add(identity(order)));
        check(wrong, orders == expected, orders + " orders instead of " + expected);
        check(wrong, stripeObjects.size() == orders, "the same order is listed twice");
        var numbers = new ArrayList<String>();
        int invoices =
                api.each("/v1/invoices", invoice -> numbers.add(invoice.path("number").asString()));
        check(wrong, invoices == expected, invoices + " invoices instead of " + expected);
        String gap = gap(numbers);
        check(wrong, gap.isEmpty(), gap);
        Map<String, Integer> states = new HashMap<>();
        api.each(
                "/v1/notifications",
                each -> states.merge(each.path("status").asString("?"), 1, Integer::sum));
        check(
                wrong,
                states.equals(Map.of("delivered", expected)),
                "notifications are " + states + " instead of " + expected + " delivered");
        int mailed = seen.mailedOrders();
        int notified = seen.notifiedOrders();
        check(wrong, mailed == expected, mailed + " orders were mailed instead of " + expected);
        check(wrong, notified == expected, notified + " orders were told instead of " + expected);
        check(wrong, mailed + notified == 2 * expected, "missing: " + seen.missing(20));
        check(wrong, seen.faults().none(), "at the doors: " + seen.faults());
        return new Outcome(
                expected,
                orders,
                invoices,
                range(numbers),
                mailed,
                seen.mails(),
                notified,
                seen.notifications(),
                seen.signatures(),
                seen.faults(),
                wrong);
    }

    boolean holds() {
        return wrong.isEmpty();
    }

    private static String identity(JsonNode order) {
        return order.path("order_id").asString("") + order.path("id").asString("");
    }

    /** Empty where the numbers of the one series are first to last without a hole or a repeat. */
    static String gap(List<String> numbers) {
        var sorted = numbers.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (running(sorted.get(i)) != running(sorted.get(i - 1)) + 1) {
                return "after invoice " + sorted.get(i - 1) + " comes " + sorted.get(i);
            }
        }
        if (!sorted.isEmpty() && running(sorted.getFirst()) != 1) {
            return "the first invoice is " + sorted.getFirst();
        }
        return "";
    }

    private static String range(List<String> numbers) {
        if (numbers.isEmpty()) {
            return "none";
        }
        var sorted = numbers.stream().sorted().toList();
        return sorted.getFirst() + " to " + sorted.getLast();
    }

    private static long running(String number) {
        return Long.parseLong(number.substring(number.lastIndexOf('-') + 1));
    }

    private static void check(List<String> wrong, boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }
}
