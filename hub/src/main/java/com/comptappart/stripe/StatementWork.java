package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.Reason;
import com.comptappart.order.BalanceTransactions;
import com.comptappart.order.OrdersDisputed;
import com.comptappart.order.OrdersPaid;
import com.comptappart.order.Statements;
import com.comptappart.queue.Work;
import com.comptappart.stripe.StripePlaces.Held;
import com.comptappart.stripe.StripePlaces.Place;
import com.comptappart.stripe.StripePlaces.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Reads Stripe's statement, the balance transactions, from where it last came to until now: half a
 * minute after a sale or a dispute, otherwise every some minutes.
 *
 * <p>Each page is kept before the place moves on, each line once: where the process dies, the next
 * reads that window again. Once a day the day before is read again, since a line may appear after
 * younger ones. Stripe's balance is asked before and after; where it stood still, it must be what
 * all lines add up to; while it is not, some days are read again.
 */
@Component
class StatementWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(StatementWork.class);
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration LOOK_BACK = Duration.ofDays(1);
    private static final Duration LOOK_FAR_BACK = Duration.ofDays(5);
    private static final Duration WINDOW = Duration.ofHours(6);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    private final StripePlaces places;
    private final StripeLists lists;
    private final StripeCalls calls;
    private final BalanceTransactions transactions;
    private final Statements statements;
    private final Duration every;
    private final Clock clock;

    /** Where something was sold or contested since this node last looked. */
    private final Set<Place> moved = ConcurrentHashMap.newKeySet();

    StatementWork(
            StripePlaces places,
            StripeLists lists,
            StripeCalls calls,
            BalanceTransactions transactions,
            Statements statements,
            StripeProperties properties,
            Clock clock) {
        this.places = places;
        this.lists = lists;
        this.calls = calls;
        this.transactions = transactions;
        this.statements = statements;
        this.every = properties.statementEvery();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "stripe-statement";
    }

    @Override
    public Duration poll() {
        return every.isPositive() && every.compareTo(LONGEST_POLL) < 0 ? every : LONGEST_POLL;
    }

    @EventListener
    void on(OrdersPaid paid) {
        paid.orders().forEach(each -> moved(each.paid().environment(), each.paid().account()));
    }

    @EventListener
    void on(OrdersDisputed disputed) {
        disputed.told()
                .forEach(each -> moved(each.dispute().environment(), each.dispute().account()));
    }

    private void moved(Environment environment, String account) {
        if (every.isPositive()) {
            moved.add(new Place(environment, account));
        }
    }

    @Override
    public int round() {
        var all = every.isPositive() ? places.all() : List.<Place>of();
        if (all.isEmpty()) {
            return 0;
        }
        places.knowFrom(
                Task.STATEMENT,
                all,
                clock.instant(),
                BalanceTransactions.beginningOf(Paris.dayOf(clock.instant())));
        var some = List.copyOf(moved);
        some.forEach(moved::remove);
        if (!some.isEmpty()) {
            places.dueBy(Task.STATEMENT, some, clock.instant());
        }
        var held = places.claim(Task.STATEMENT, all);
        held.ifPresent(this::read);
        return held.isPresent() ? 1 : 0;
    }

    private void read(Held held) {
        Instant now = clock.instant();
        try {
            var before = balance(held.place());
            if (!windows(held, now)) {
                LOG.warn("another node goes on reading Stripe's statement: our lease was lost");
                return;
            }
            compare(held, before, balance(held.place()));
            places.end(held, now, now.plus(every));
        } catch (StripeUnavailable e) {
            again(held, e.reason());
        } catch (Unreadable e) {
            again(held, e.reason());
        }
    }

    private void again(Held held, String reason) {
        LOG.warn("Stripe's statement can't be read now; tried again in {}: {}", AGAIN, reason);
        places.fail(held, clock.instant().plus(AGAIN), reason);
    }

    private Map<Currency, Long> balance(Place place) {
        return calls.get(places.source(place), "/v1/balance")
                .map(StatementReader::balance)
                .orElseThrow(() -> new Unreadable(Reason.STRIPE_UNKNOWS.text("/v1/balance")));
    }

    /** Money that moved meanwhile may be in the one and not in the other: nothing is said then. */
    private void compare(Held held, Map<Currency, Long> before, Map<Currency, Long> after) {
        var place = held.place();
        if (before.equals(after)
                && places.advance(held, held.doneUntil())
                && !statements.compare(place.account(), place.environment(), after)) {
            LOG.warn("the statement of {} does not add up to Stripe's balance yet", place);
        }
    }

    /** False where the lease was lost. */
    private boolean windows(Held held, Instant now) {
        var place = held.place();
        var today = Paris.dayOf(now);
        var began = transactions.beganOn(place.account(), place.environment()).orElse(today);
        Instant from = from(held, began, now);
        while (true) {
            Instant to = from.plus(WINDOW);
            boolean last = !to.isBefore(now);
            // The last has no end: a test clock's lines are of its own time, ahead of ours.
            String created = "created[gte]=" + from.getEpochSecond();
            if (!window(
                    held,
                    began,
                    last ? created : created + "&created[lt]=" + to.getEpochSecond())) {
                return false;
            }
            if (last) {
                return true;
            }
            if (!places.advance(held, to)) {
                return false;
            }
            from = to;
        }
    }

    private Instant from(Held held, LocalDate began, Instant now) {
        boolean newDay = !Paris.dayOf(held.doneUntil()).equals(Paris.dayOf(now));
        var back = newDay ? LOOK_BACK : OVERLAP;
        if (statements.differs(held.place().account(), held.place().environment())) {
            back = LOOK_FAR_BACK;
        }
        Instant from = held.doneUntil().minus(back);
        Instant first = BalanceTransactions.beginningOf(began);
        return from.isBefore(first) ? first : from;
    }

    private boolean window(Held held, LocalDate began, String created) {
        var place = held.place();
        var pages =
                lists.of(place, "/v1/balance_transactions?" + created + "&expand[]=data.source");
        while (pages.hasNext()) {
            var page =
                    pages.next().stream().map(json -> StatementReader.read(place, json)).toList();
            if (!places.advance(held, held.doneUntil())) {
                return false;
            }
            transactions.keep(place.account(), place.environment(), began, page);
        }
        return true;
    }
}
