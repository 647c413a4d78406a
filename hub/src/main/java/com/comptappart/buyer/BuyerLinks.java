package com.comptappart.buyer;

import com.comptappart.kernel.OrderId;
import com.comptappart.order.BuyersOrders;
import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The links to a buyer's area: each names one order, and opens what that order's address bought at
 * that order's seller.
 *
 * <p>Mails are forwarded. The link of an invoice's mail shows documents, for weeks; what reaches
 * the means of payment asks for a link that was sent within the hour to the address itself.
 */
@Component
public class BuyerLinks {

    /** How long a link lets its reader do all, from when it was asked for. */
    public static final Duration FRESH = Duration.ofHours(1);

    /** No second mail to one reader within it. */
    static final Duration BETWEEN = Duration.ofMinutes(15);

    private static final int MOST_SELLERS = 5;

    /** The page that says what was received. */
    static final String RECEIPT = "declaration-receipt";

    /** The page that takes an end back. */
    static final String BACK = "declaration-back";

    /** What a link's token opens. */
    public sealed interface Reading {}

    /**
     * @param fresh whether it was sent within the hour, because its reader asked for it
     */
    public record Opened(Order order, boolean fresh) implements Reading {

        /** Whose documents it shows. */
        public String email() {
            String email = order.paid().buyer().email();
            return email == null ? "" : email;
        }
    }

    /** Signed by us, and over: its buyer can have another one sent. */
    public record Expired(Order order) implements Reading {}

    /** Nothing that we signed. */
    public record Unknown() implements Reading {}

    private final LinkTokens tokens;
    private final Orders orders;
    private final BuyersOrders bought;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Duration validity;
    private final String publicUrl;

    BuyerLinks(
            LinkTokens tokens,
            Orders orders,
            BuyersOrders bought,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${comptappart.buyer.link-validity:30d}") Duration validity,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.tokens = tokens;
        this.orders = orders;
        this.bought = bought;
        this.events = events;
        this.clock = clock;
        this.validity = validity;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** The address for a mail about that order, which shows documents from then on. */
    public String ofMail(OrderId order, Instant from) {
        return url(tokens.of(order, false, from.plus(validity)));
    }

    private String url(String token) {
        return publicUrl + "/c/" + token;
    }

    /** A token that opens that page of a declaration, and no other. */
    String ofDeclaration(String page, String declaration) {
        return tokens.of(page, declaration);
    }

    /** The declaration whose page it opens; empty where it is none of ours. */
    Optional<String> declaration(String page, String token) {
        return tokens.read(page, token);
    }

    /** What a token opens now. */
    public Reading read(String token) {
        var named = tokens.read(token).orElse(null);
        if (named == null) {
            return new Unknown();
        }
        var order = orders.byIds(List.of(named.order())).stream().findFirst().orElse(null);
        if (order == null) {
            return new Unknown();
        }
        return clock.instant().isBefore(named.until())
                ? new Opened(order, named.fresh())
                : new Expired(order);
    }

    /**
     * Has a fresh link mailed for each seller that the address bought from; does nothing, and says
     * nothing, where there is none.
     */
    @Transactional
    public void ask(String email) {
        bought.newestOfEachSeller(email, MOST_SELLERS).forEach(this::publish);
    }

    /** Has a fresh link mailed to the address of that order, to nobody else. */
    @Transactional
    public void askAgain(Order order) {
        publish(order);
    }

    /** The same link for a quarter of an hour: one mail, however often it is asked for. */
    private void publish(Order order) {
        long between = BETWEEN.toSeconds();
        var from = Instant.ofEpochSecond(clock.instant().getEpochSecond() / between * between);
        var until = from.plus(BETWEEN).plus(FRESH);
        events.publishEvent(
                new BuyerLinkAsked(order, url(tokens.of(order.id(), true, until)), from, until));
    }
}
