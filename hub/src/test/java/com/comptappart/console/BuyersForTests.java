package com.comptappart.console;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.order.Buyer;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.SubscriptionState;
import com.comptappart.order.Subscriptions;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.Subscription;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Buyers, what they bought and the mails that they get, on one hub. */
record BuyersForTests(HubForTests hub, StripeStub stripe) {

    static final Instant PERIOD_END = Instant.parse("2027-11-15T10:00:00Z");
    private static final Pattern LINK = Pattern.compile("http://localhost:8080(/[^\\s\"<]+)");

    /** Something paid, in test mode. */
    Order bought(PartnerId partner, String name, String email) {
        return OrdersForTests.record(hub, paid(partner, Environment.STAGING, name, email, null));
    }

    /** A subscription whose first period is paid, which Stripe knows too. */
    Order subscribed(PartnerId partner, String slug, String name, String email) {
        return subscribed(partner, slug, name, email, PERIOD_END);
    }

    Order subscribed(PartnerId partner, String slug, String name, String email, Instant periodEnd) {
        var it = new Subscription(name, "2026-07-29.dahlia", slug);
        stripe.product("prod_" + slug, slug).subscription(it.subscription("active", periodEnd));
        stripe.lists().add("", "/v1/subscriptions", it.subscription("active", periodEnd));
        var state =
                new SubscriptionState(
                        partner,
                        "",
                        Environment.STAGING,
                        it.subscriptionId(),
                        "active",
                        periodEnd,
                        null,
                        null,
                        null,
                        Instant.parse("2026-11-20T10:00:00Z"));
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ ->
                        hub.bean(Subscriptions.class)
                                .record(
                                        List.of(
                                                new SubscriptionFact(
                                                        SubscriptionFact.Kind.CREATED,
                                                        state,
                                                        "evt_" + name,
                                                        state.asOf(),
                                                        "",
                                                        null))));
        return OrdersForTests.record(
                hub, paid(partner, Environment.STAGING, name, email, it.subscriptionId()));
    }

    static PaidOrder paid(
            PartnerId partner,
            Environment environment,
            String name,
            String email,
            @Nullable String subscription) {
        return new PaidOrder(
                "",
                environment,
                "cs_" + name,
                "evt_paid_" + name,
                partner,
                new Buyer(
                        "Marie Martin",
                        email,
                        null,
                        "12 rue des Écoles",
                        null,
                        "33000",
                        "Bordeaux",
                        "FR",
                        null,
                        null,
                        false,
                        "fr"),
                Currency.EUR,
                List.of(
                        new OrderLine(
                                "prod_1",
                                "Suivi " + name,
                                1,
                                8332,
                                1667,
                                new BigDecimal("20"),
                                "services")),
                new Payment(Instant.parse("2026-11-23T14:32:18Z"), "card", "4242", "pi_" + name),
                subscription == null ? "one_time" : "subscription_create",
                subscription,
                List.of(),
                "[]",
                Map.of(),
                "",
                null);
    }

    /** The mails to that address with those words in their subject, newest first. */
    List<Mails.Mail> mails(String to, String subject) {
        return hub
                .bean(Mails.class)
                .list(null, null, null, new PageRequest(100, null))
                .data()
                .stream()
                .filter(mail -> mail.recipient().equalsIgnoreCase(to))
                .filter(mail -> mail.subject().contains(subject))
                .toList();
    }

    Mails.Mail mail(String to, String subject) {
        return HubForTests.eventually(() -> mails(to, subject), found -> !found.isEmpty())
                .getFirst();
    }

    /** The first link of a mail's text, without its host. */
    static String link(Mails.Mail mail) {
        var link = LINK.matcher(mail.text());
        if (!link.find()) {
            throw new AssertionError("no link in " + mail.text());
        }
        return link.group(1);
    }

    /** Where the mail of that order's invoice leads. */
    String area(Order order) {
        var mail =
                HubForTests.eventually(
                                () ->
                                        hub.bean(Mails.class)
                                                .ofOrders(List.of(order.id()))
                                                .getOrDefault(order.id(), List.of()),
                                found -> !found.isEmpty())
                        .getFirst();
        return link(mail);
    }
}
