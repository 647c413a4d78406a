package com.comptappart.demo;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The whole life of a yearly subscription, in virtual time: each step is followed by a look at what
 * the buyer, the partner and the ledger got by it, which must be what the contract's table says and
 * nothing else. The hub keeps the real time.
 */
final class Life {

    static final long YEAR_CENTS = Product.SUBSCRIPTION.priceCents();
    static final long REFUND_CENTS = 60_00;

    private static final Duration ARRIVE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LEAVE_NO_CALL = Duration.ofSeconds(1);
    private static final Duration COLLECTED_AFTER = Duration.ofHours(1);
    private static final Duration RETRIED_AFTER = Duration.ofDays(3).plus(COLLECTED_AFTER);
    private static final Duration HALF_A_YEAR = Duration.ofDays(182);
    private static final long LOOK_AGAIN_MILLIS = 25;

    /**
     * What one step led to.
     *
     * @param at the sandbox's time
     * @param documents the numbers that are new
     * @param mails how many are new
     * @param notifications the new ones, in the order in which they came
     */
    record Step(
            Instant at,
            String what,
            List<String> documents,
            int mails,
            List<String> notifications) {
        Step {
            documents = List.copyOf(documents);
            notifications = List.copyOf(notifications);
        }
    }

    private final Parts parts;
    private final Clock clock;
    private final Consumer<Step> told;
    private final Expected expected = new Expected();
    private final String email = email();
    private final Evidence evidence;
    private final List<String> wrong = new ArrayList<>();
    private String session = "";
    private int documentsSeen;
    private int mailsSeen;
    private int callsSeen;

    Life(Parts parts, Clock clock, Consumer<Step> told) {
        this.parts = parts;
        this.clock = clock;
        this.told = told;
        this.evidence = new Evidence(parts, email);
    }

    /**
     * Plays it, up to the first step that did not lead to what it must.
     *
     * @return one French sentence for each thing that is missing, too much or broken
     */
    List<String> play() {
        long ledger = parts.server().documents();
        var known = parts.server().unreadable();
        var subscription = subscribe();
        if (wrong.isEmpty()) {
            firstYear(subscription);
        }
        if (wrong.isEmpty()) {
            failAndRecover(subscription);
        }
        if (wrong.isEmpty()) {
            end(subscription);
        }
        if (parts.server().documents() - ledger != expected.documents()) {
            wrong.add(
                    "Le registre a reçu %d documents au lieu de %d."
                            .formatted(parts.server().documents() - ledger, expected.documents()));
        }
        parts.server().broken().forEach(broken -> wrong.add("Une règle est rompue : " + broken));
        parts.server().unreadable().stream()
                .filter(event -> !known.contains(event))
                .forEach(event -> wrong.add("Un événement de Stripe est à traiter : " + event));
        evidence.attention().forEach(each -> wrong.add("À traiter : " + each));
        return List.copyOf(wrong);
    }

    Evidence evidence() {
        return evidence;
    }

    Expected expected() {
        return expected;
    }

    /** The Checkout session that began it. */
    String session() {
        return session;
    }

    private ShopSubscription subscribe() {
        var paid =
                new Purchase(parts.http(), clock, Product.SUBSCRIPTION, email)
                        .make(parts.shop().url("/"));
        session = paid.session();
        var subscription = parts.shop().subscription(session);
        expected.subscription("subscription.created", "trialing");
        look("S'abonne dans la boutique, essai de " + Product.TRIAL_DAYS + " jours");
        return subscription;
    }

    private void firstYear(ShopSubscription subscription) {
        moveTo(subscription.periodEnd());
        expected.subscription("subscription.updated", "active");
        look("L'essai se termine");

        move(COLLECTED_AFTER);
        expected.invoice(YEAR_CENTS).order("order.renewed", "subscription_cycle", YEAR_CENTS);
        look("Premier paiement");

        move(HALF_A_YEAR);
        int year = parts.stripe().now().atZone(ShopStripe.PARIS).getYear();
        subscription.cover(
                2, Property.coverage(year, List.of(Property.BORDEAUX, Property.ARCACHON)));
        long rest = subscription.lastInvoiceCents();
        expected.invoice(rest)
                .order("order.created", "subscription_update", rest)
                .subscription("subscription.updated", "active");
        look("Un deuxième bien : quantité 1 → 2");

        moveTo(subscription.periodEnd());
        expected.subscription("subscription.updated", "active");
        look("La période suivante commence");

        move(COLLECTED_AFTER);
        renewed();
        look("Renouvellement, deux biens");
    }

    private void failAndRecover(ShopSubscription subscription) {
        subscription.payWith("tok_chargeCustomerFail");
        expected.subscription("subscription.updated", "active");
        look("Autre carte, qui sera refusée");

        moveTo(subscription.periodEnd());
        expected.subscription("subscription.updated", "active");
        look("La période suivante commence");

        move(COLLECTED_AFTER);
        expected.subscription("subscription.payment_failed", "past_due")
                .subscription("subscription.updated", "past_due");
        look("Le renouvellement est refusé");

        subscription.payWith("tok_visa");
        expected.subscription("subscription.updated", "past_due");
        look("Carte réparée");

        move(RETRIED_AFTER);
        renewed().subscription("subscription.updated", "active");
        look("Nouvel essai, payé");
    }

    private void end(ShopSubscription subscription) {
        long order = evidence.orders().getLast().path("order_id").asLong();
        parts.hub()
                .call(
                        "POST",
                        "/v1/orders/" + order + "/refunds",
                        HubApi.object()
                                .put("amount", BigDecimal.valueOf(REFUND_CENTS, 2))
                                .put("reason", "requested_by_customer"));
        expected.creditNote(REFUND_CENTS)
                .order("order.refunded", "subscription_cycle", REFUND_CENTS);
        look("Remboursement partiel par l'API");

        subscription.cancel();
        expected.subscription("subscription.canceled", "canceled");
        look("Résiliation immédiate");
    }

    private Expected renewed() {
        return expected.invoice(2 * YEAR_CENTS)
                .order("order.renewed", "subscription_cycle", 2 * YEAR_CENTS);
    }

    private void moveTo(Instant moment) {
        move(Duration.between(parts.stripe().now(), moment).plusSeconds(1));
    }

    private void move(Duration by) {
        if (wrong.isEmpty()) {
            parts.stripe().advance(by).join();
        }
    }

    /** Waits until all that was told has led to its end, and compares; the first break is kept. */
    private void look(String what) {
        if (!wrong.isEmpty()) {
            return;
        }
        // Returns when every event that is under way was answered.
        parts.stripe().advance(LEAVE_NO_CALL).join();
        long end = System.nanoTime() + ARRIVE_WITHIN.toNanos();
        evidence.look();
        while (!isExact() && System.nanoTime() < end && pause()) {
            evidence.look();
        }
        told.accept(step(what));
        if (!isExact()) {
            wrong.addAll(difference(what, expected.things(), evidence.things()));
        }
        if (!evidence.isSettled()) {
            wrong.add("« " + what + " » : quelque chose reste dû après le délai.");
        }
    }

    private boolean isExact() {
        return evidence.isSettled() && sorted(evidence.things()).equals(sorted(expected.things()));
    }

    /** A sentence for each thing that is due and not there, or there and not due. */
    static List<String> difference(String what, List<String> due, List<String> there) {
        var sentences = new ArrayList<String>();
        without(due, there)
                .forEach(each -> sentences.add("« " + what + " » : il manque " + each + "."));
        without(there, due)
                .forEach(each -> sentences.add("« " + what + " » : il y a en trop " + each + "."));
        return sentences;
    }

    private Step step(String what) {
        var documents = evidence.documents();
        var mails = evidence.mails();
        var calls = evidence.calls();
        var step =
                new Step(
                        parts.stripe().now(),
                        what,
                        documents.subList(documentsSeen, documents.size()).stream()
                                .map(Evidence.Document::number)
                                .toList(),
                        mails.size() - mailsSeen,
                        calls.subList(callsSeen, calls.size()).stream()
                                .map(evidence::phrase)
                                .toList());
        documentsSeen = documents.size();
        mailsSeen = mails.size();
        callsSeen = calls.size();
        return step;
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> without(List<String> all, List<String> some) {
        var rest = new ArrayList<>(all);
        some.forEach(rest::remove);
        return rest;
    }

    private static List<String> sorted(List<String> things) {
        return things.stream().sorted().toList();
    }

    /** Of her own for each run: what an earlier one left in the data does not count. */
    private static String email() {
        String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return Purchase.EMAIL.replace("@", "+" + run + "@");
    }
}
