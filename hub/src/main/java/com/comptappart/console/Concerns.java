package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.mail.UnsentMails;
import com.comptappart.order.OrderFigures;
import com.comptappart.order.UnpaidSubscriptions;
import com.comptappart.stripe.StripeEvents;
import com.comptappart.webhook.DeliveryFigures;
import com.comptappart.webhook.EndpointTroubles;
import com.comptappart.webhook.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What needs somebody's attention, each with the list where it is mended. */
@Component
class Concerns {

    private static final PageRequest FIRST = new PageRequest(50, null);

    /** One of them. */
    record Concern(Badge badge, String title, String text, String url) {}

    private final DeliveryFigures deliveries;
    private final EndpointTroubles endpoints;
    private final OrderFigures orders;
    private final UnpaidSubscriptions subscriptions;
    private final UnsentMails mails;
    private final StripeEvents events;
    private final OrderItems items;
    private final StatementItems statements;
    private final DeclarationItems declarations;
    private final Places places;

    Concerns(
            DeliveryFigures deliveries,
            EndpointTroubles endpoints,
            OrderFigures orders,
            UnpaidSubscriptions subscriptions,
            UnsentMails mails,
            StripeEvents events,
            OrderItems items,
            StatementItems statements,
            DeclarationItems declarations,
            Places places) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.orders = orders;
        this.subscriptions = subscriptions;
        this.mails = mails;
        this.events = events;
        this.items = items;
        this.statements = statements;
        this.declarations = declarations;
        this.places = places;
    }

    /** What costs most first. */
    List<Concern> of(Place place, Words words) {
        var all = new ArrayList<Concern>();
        untold(all, place, words, Notification.State.FAILED);
        untold(all, place, words, Notification.State.HELD);
        if (place.ofAll()) {
            int unread = events.needingAttention(place.environment(), FIRST).data().size();
            listed(all, place, words, "events", unread);
            int differing = statements.of(place.environment(), words).size();
            listed(all, place, words, "statements", differing);
        }
        listed(all, place, words, "declarations", declarations.open(place, words).size());
        listed(all, place, words, "uninvoiced", items.uninvoiced(place, words).size());
        listed(all, place, words, "mails", mails.count(place.partner(), place.environment()));
        unpaid(all, place, words);
        listed(all, place, words, "refunds", items.refunds(place, words).size());
        listed(all, place, words, "orders", items.flagged(place, words).size());
        listed(all, place, words, "pending", items.pending(place, words).size());
        endpoints
                .of(place.partner(), place.environment())
                .forEach(trouble -> all.add(of(place, words, trouble)));
        return all;
    }

    /** Notifications that nobody sends by itself, and the money that they tell of. */
    private void untold(List<Concern> all, Place place, Words words, Notification.State state) {
        var untold = deliveries.untold(place.partner(), place.environment(), state);
        if (untold.notifications() == 0) {
            return;
        }
        boolean failed = state == Notification.State.FAILED;
        String key = failed ? "concern.failed" : "concern.held";
        String title = words.text(key, untold.notifications());
        String sum =
                orders.worth(place.partner(), untold.orders()).stream()
                        .map(words::money)
                        .collect(Collectors.joining(" + "));
        String text =
                sum.isEmpty()
                        ? words.text(key + ".text")
                        : words.text(
                                untold.more() ? "concern.worth.more" : "concern.worth",
                                untold.orders().size(),
                                sum);
        all.add(
                new Concern(
                        failed
                                ? Badge.bad(words.text("concern.badge.failed"))
                                : Badge.held(words.text("concern.badge.held")),
                        title,
                        text,
                        place.path("/livraisons?etat=" + (failed ? "failed" : "held"))));
    }

    private static void listed(
            List<Concern> all, Place place, Words words, String what, long count) {
        if (count > 0) {
            all.add(
                    new Concern(
                            Badge.warning(words.text("concern.badge.look")),
                            words.text("concern." + what, count),
                            words.text("concern." + what + ".text"),
                            place.path("/a-traiter#" + what)));
        }
    }

    private void unpaid(List<Concern> all, Place place, Words words) {
        long count = subscriptions.count(place.partner(), place.environment());
        if (count > 0) {
            all.add(
                    new Concern(
                            Badge.warning(words.text("concern.badge.unpaid")),
                            words.text("concern.unpaid", count),
                            words.text("concern.unpaid.text"),
                            place.path("/abonnements?etat=unpaid")));
        }
    }

    private Concern of(Place place, Words words, EndpointTroubles.Trouble trouble) {
        String key = "concern." + trouble.kind().name().toLowerCase(Locale.ROOT);
        var at = trouble.at();
        boolean off = trouble.kind() == EndpointTroubles.Kind.DISABLED;
        return new Concern(
                off
                        ? Badge.bad(words.text("concern.badge.disabled"))
                        : Badge.held(words.text(key + ".badge")),
                words.text(key, trouble.url()),
                at == null
                        ? words.text(key + ".text", words.reason(trouble.reason()))
                        : words.text(key + ".text", words.time(at)),
                Place.path(
                        places.word(trouble.partner()),
                        place.environment(),
                        "/integration/" + trouble.endpointId()));
    }
}
