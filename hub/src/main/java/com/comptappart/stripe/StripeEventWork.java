package com.comptappart.stripe;

import com.comptappart.order.Orders;
import com.comptappart.order.PaidOrder;
import com.comptappart.queue.Work;
import com.comptappart.stripe.StripeEventRows.Claimed;
import com.comptappart.stripe.StripeEventRows.Ended;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads stored events in batches: fetches what they lack, writes orders, ends the events. */
@Component
class StripeEventWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(StripeEventWork.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BATCH = 200;
    private static final int MAX_CALLS = 16;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final StripeEventRows rows;
    private final CheckoutReader checkout;
    private final StripeApi stripe;
    private final Orders orders;
    private final TransactionTemplate transaction;
    private final Clock clock;

    StripeEventWork(
            StripeEventRows rows,
            CheckoutReader checkout,
            StripeApi stripe,
            Orders orders,
            org.springframework.transaction.PlatformTransactionManager transactions,
            Clock clock) {
        this.rows = rows;
        this.checkout = checkout;
        this.stripe = stripe;
        this.orders = orders;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What reading an event gave. */
    private record Read(Ended ended, List<PaidOrder> orders) {}

    @Override
    public String name() {
        return StripeEventRows.WORK;
    }

    @Override
    public int round() throws InterruptedException {
        var claimed = rows.claim(BATCH);
        if (claimed.isEmpty()) {
            return 0;
        }
        var read = readAll(claimed);
        try {
            record(read);
        } catch (DataAccessException e) {
            LOG.error(
                    "a batch of {} events could not be recorded; each is now recorded alone",
                    read.size(),
                    e);
            read.forEach(this::recordAlone);
        }
        return claimed.size();
    }

    private List<Read> readAll(List<Claimed> claimed) throws InterruptedException {
        var limit = new java.util.concurrent.Semaphore(MAX_CALLS);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<java.util.concurrent.Future<Read>>();
            for (Claimed each : claimed) {
                futures.add(
                        executor.submit(() -> {
                            limit.acquire();
                            try {
                                return read(each);
                            } finally {
                                limit.release();
                            }
                        }));
            }
            var result = new ArrayList<Read>(claimed.size());
            for (var future : futures) {
                result.add(future.get());
            }
            return result;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Read read(Claimed claimed) {
        try {
            return read(claimed, JSON.readTree(claimed.event().body()));
        } catch (StripeUnavailable e) {
            return later(claimed, e);
        } catch (Unreadable e) {
            LOG.warn("event {} needs attention: {}", claimed.event().id(), e.reason());
            return ended(claimed, "attention", e.reason(), List.of());
        } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
            LOG.error("event {} needs attention: it can't be read", claimed.event().id(), e);
            return ended(
                    claimed,
                    "attention",
                    "can't be read: " + e.getClass().getSimpleName(),
                    List.of());
        }
    }

    private Read read(Claimed claimed, JsonNode json) {
        var event = claimed.event();
        var object = json.path("data").path("object");
        return switch (event.type()) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                    checkout(claimed, object);
            case "product.updated", "product.deleted" -> {
                stripe.forgetProduct(
                        event.environment(), event.account(), object.path("id").asString(""));
                yield ended(claimed, "done", "", List.of());
            }
            default -> ended(claimed, "ignored", "", List.of());
        };
    }

    private Read checkout(Claimed claimed, JsonNode session) {
        if (!session.path("mode").asString("").equals("payment")) {
            return ended(claimed, "ignored", "mode is not payment", List.of());
        }
        return switch (SessionFields.required(session, "payment_status")) {
            case "paid", "no_payment_required" ->
                    ended(claimed, "done", "", checkout.read(claimed.event(), session));
            case "unpaid" ->
                    ended(
                            claimed,
                            "done",
                            "awaiting funds: nothing is invoiced before the money is there",
                            List.of());
            default ->
                    throw new Unreadable(
                            "unknown payment_status " + session.path("payment_status"));
        };
    }

    private void record(List<Read> read) {
        transaction.executeWithoutResult(_ -> {
            orders.record(read.stream().flatMap(each -> each.orders().stream()).toList());
            rows.end(read.stream().map(Read::ended).toList());
        });
    }

    private void recordAlone(Read read) {
        try {
            record(List.of(read));
        } catch (DataAccessException e) {
            String id = read.ended().claimed().event().id();
            LOG.error("event {} could not be recorded; it comes back when its lease ends", id, e);
        }
    }

    private Read later(Claimed claimed, StripeUnavailable reason) {
        var delay = reason.retryAfter();
        if (delay == null) {
            int doublings = Math.min(claimed.attempts() - 1, 12);
            delay = FIRST_DELAY.multipliedBy(1L << doublings);
        }
        var due = clock.instant().plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
        LOG.warn(
                "event {} waits for Stripe; attempt {} at {}: {}",
                claimed.event().id(),
                claimed.attempts() + 1,
                due,
                reason.reason());
        return new Read(new Ended(claimed, "pending", reason.reason(), due), List.of());
    }

    private Read ended(Claimed claimed, String state, String reason, List<PaidOrder> orders) {
        Instant now = clock.instant();
        return new Read(new Ended(claimed, state, reason, now), orders);
    }
}
