package com.comptappart.console;

import com.comptappart.order.Order;
import com.comptappart.order.SoughtSubscriptions;
import com.comptappart.order.SubscriptionState;
import com.comptappart.webhook.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the pages of subscriptions show. */
final class SubscriptionView {

    private SubscriptionView() {}

    /** One row of the list. */
    record Row(
            String id,
            String url,
            String partner,
            String buyer,
            String email,
            String products,
            Badge state,
            String next,
            String amount) {}

    /** What it sold, one payment each. */
    record Payment(
            String order,
            String url,
            String time,
            String machineTime,
            String reason,
            String products,
            String total,
            String invoice) {}

    /** What a partner was told of it. */
    record Told(String type, String url, String time, String machineTime, Badge state) {}

    static Row row(Words words, SoughtSubscriptions.Found found, String partner) {
        var state = found.state();
        var buyer = state.buyer();
        var latest = found.latest();
        return new Row(
                state.subscriptionId(),
                Place.path(partner, state.environment(), "/abonnements/" + state.subscriptionId()),
                partner,
                buyer == null || buyer.name() == null ? "" : buyer.name(),
                buyer == null || buyer.email() == null ? "" : buyer.email(),
                latest == null ? "" : products(latest),
                badge(words, state),
                next(words, state),
                latest == null ? "" : words.money(latest.paid().total(), latest.paid().currency()));
    }

    /** When money is asked for next, or when it ends. */
    private static String next(Words words, SubscriptionState state) {
        if (state.isEnded()) {
            return "";
        }
        Instant at = state.cancelAt() == null ? state.currentPeriodEnd() : state.cancelAt();
        return at == null ? "" : words.time(at);
    }

    static Badge badge(Words words, SubscriptionState state) {
        boolean ends = state.cancelAt() != null && !state.isEnded();
        String word = words.ofCode("subscription.", state.status());
        return switch (state.status()) {
            case "active" -> ends ? Badge.held(words.text("subscription.ends")) : Badge.ok(word);
            case "trialing" ->
                    ends ? Badge.held(words.text("subscription.ends")) : Badge.waiting(word);
            case "past_due", "unpaid" -> Badge.bad(word);
            case "incomplete" -> Badge.waiting(word);
            case "paused" -> Badge.held(word);
            default -> Badge.none(word);
        };
    }

    /** What its state means, in a sentence. */
    static String sentence(Words words, SubscriptionState state) {
        Instant ends = state.cancelAt();
        if (ends != null && !state.isEnded()) {
            return words.text("subscription.ends.text", words.time(ends));
        }
        return words.textOr("subscription." + state.status() + ".text", "");
    }

    static List<Step.Fact> facts(Words words, SoughtSubscriptions.Found found) {
        var state = found.state();
        var facts = new ArrayList<Step.Fact>();
        facts.add(Step.Fact.code(words.text("subscription.id"), state.subscriptionId()));
        add(words, facts, "subscription.known", found.knownAt());
        if (!state.isEnded()) {
            add(words, facts, "subscription.period-end", state.currentPeriodEnd());
            add(words, facts, "subscription.cancel-at", state.cancelAt());
        }
        add(words, facts, "subscription.canceled-at", state.canceledAt());
        add(words, facts, "subscription.as-of", state.asOf());
        return facts;
    }

    private static void add(Words words, List<Step.Fact> facts, String name, @Nullable Instant at) {
        if (at != null) {
            facts.add(Step.Fact.of(words.text(name), words.time(at)));
        }
    }

    static List<Payment> payments(Words words, List<Story> stories, String partner) {
        return stories.stream()
                .map(story -> {
                    var paid = story.paid();
                    var invoice = story.invoice();
                    return new Payment(
                            story.id().toString(),
                            Place.path(partner, paid.environment(), "/commandes/" + story.id()),
                            words.time(paid.payment().paidAt()),
                            Words.machine(paid.payment().paidAt()),
                            words.ofCode("billing.", paid.billingReason()),
                            products(story.order()),
                            words.money(paid.total(), paid.currency()),
                            invoice == null ? "" : invoice.number());
                })
                .toList();
    }

    static List<Told> told(Words words, List<Notification> notifications, String partner) {
        return notifications.reversed().stream()
                .map(each ->
                        new Told(
                                each.eventType(),
                                Place.path(partner, each.environment(), "/livraisons/" + each.id()),
                                words.time(each.createdAt()),
                                Words.machine(each.createdAt()),
                                States.of(words, each)))
                .toList();
    }

    private static String products(Order order) {
        return order.paid().lines().stream()
                .map(line -> line.name())
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
    }
}
