package com.comptappart.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Coupons in use: which, by whom, on what and until when. */
final class Discounts {

    private static final int MOST = 20;

    /** A coupon that a request asks for, by itself or by a promotion code. */
    record Wanted(ObjectNode coupon, @Nullable ObjectNode promotionCode) {}

    private final Store store;
    private final Events events;

    Discounts(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    /** Reads {@code discounts[…][coupon]} or {@code […][promotion_code]}. */
    List<Wanted> read(Params params) {
        return read(store, params);
    }

    static List<Wanted> read(Store store, Params params) {
        if (!params.isNested("discounts")) {
            params.text("discounts");
            return List.of();
        }
        List<Params> given = params.childrenOf("discounts");
        if (given.size() > MOST) {
            throw Refusal.of(
                    null, "discounts", "You can have at most %d discounts.".formatted(MOST));
        }
        return given.stream().map(one -> readOne(store, one)).toList();
    }

    Wanted of(ObjectNode promotionCode) {
        return of(store, promotionCode);
    }

    /** What a session shows as its discounts. */
    List<Wanted> chosen(JsonNode shown) {
        var chosen = new ArrayList<Wanted>();
        for (JsonNode one : shown) {
            store.find(Kind.COUPON, one.path("coupon").asString(""))
                    .ifPresent(coupon ->
                            chosen.add(
                                    new Wanted(
                                            coupon,
                                            store.find(
                                                            Kind.PROMOTION_CODE,
                                                            one.path("promotion_code").asString(""))
                                                    .orElse(null))));
        }
        return chosen;
    }

    private static Wanted of(Store store, ObjectNode promotionCode) {
        String id = promotionCode.path("promotion").path("coupon").asString();
        return new Wanted(store.referred(Kind.COUPON, id, "discounts"), promotionCode);
    }

    /** Reads a coupon or a promotion code, one of which must be there. */
    static Wanted readOne(Store store, Params given) {
        Optional<String> coupon = given.filled("coupon");
        Optional<String> code = given.filled("promotion_code");
        if (coupon.isPresent() == code.isPresent()) {
            throw Refusal.of(
                    null,
                    given.nameOf("coupon"),
                    "A discount needs either a `coupon` or a `promotion_code`.");
        }
        if (code.isPresent()) {
            String name = given.nameOf("promotion_code");
            ObjectNode found = store.referred(Kind.PROMOTION_CODE, code.get(), name);
            if (!PromotionCodes.isOpen(store, found)) {
                throw Refusal.of(null, name, "This promotion code is not active any more.");
            }
            return of(store, found);
        }
        String name = given.nameOf("coupon");
        ObjectNode found = store.referred(Kind.COUPON, coupon.orElseThrow(), name);
        Coupons.requireValid(store, found, name);
        return new Wanted(found, null);
    }

    /** Puts coupons in use on a subscription or an invoice, in place of those that it has. */
    void start(List<Wanted> wanted, ObjectNode owner) {
        var ids = owner.putArray("discounts");
        wanted.forEach(one -> ids.add(start(one, owner)));
    }

    private String start(Wanted wanted, ObjectNode owner) {
        ObjectNode discount = begin(wanted, owner);
        if (owner.path("object").asString().equals("subscription")) {
            var _ = events.record("customer.discount.created", discount, Cause.NOT_THE_API);
        }
        return discount.path("id").asString();
    }

    /** Puts a coupon in use, for a customer or something of theirs. */
    ObjectNode begin(Wanted wanted, ObjectNode owner) {
        String field = owner.path("object").asString();
        ObjectNode discount =
                Json.object(
                        """
                        {"id": "", "object": "discount", "checkout_session": null, "customer": null,
                         "customer_account": null, "end": null, "invoice": null, "invoice_item": null,
                         "promotion_code": null, "source": {"coupon": "", "type": "coupon"}, "start": 0,
                         "subscription": null, "subscription_item": null}
                        """);
        String id = Kind.DISCOUNT.newId();
        discount.put("id", id);
        discount.put("customer", owner.path("customer").asString(""));
        discount.put(field, owner.path("id").asString());
        discount.put("start", store.now());
        JsonNode months = wanted.coupon().path("duration_in_months");
        if (months.isNumber()) {
            discount.put("end", inMonths(months.asLong()));
        }
        ((ObjectNode) discount.path("source")).set("coupon", wanted.coupon().path("id"));
        Coupons.redeem(wanted.coupon());
        if (wanted.promotionCode() != null) {
            ObjectNode code = wanted.promotionCode();
            discount.set("promotion_code", code.path("id"));
            code.put("times_redeemed", code.path("times_redeemed").asLong() + 1);
        }
        store.put(Kind.DISCOUNT, discount);
        store.putAside(id, "coupon", wanted.coupon().deepCopy());
        return discount;
    }

    /** What the discounts of an object take off now; those whose time is over take nothing. */
    List<Reduction> reductions(JsonNode ids) {
        var reductions = new ArrayList<Reduction>();
        for (JsonNode id : ids) {
            store.find(Kind.DISCOUNT, id.asString())
                    .filter(this::isRunning)
                    .ifPresent(discount -> reductions.add(reduction(id.asString())));
        }
        return reductions;
    }

    private Reduction reduction(String id) {
        return reduction(store, id);
    }

    private static Reduction reduction(Store store, String id) {
        return Reduction.of(store, id, store.aside(id, "coupon"));
    }

    /**
     * A subscription's next invoice brings its running discounts along, and uses up single ones.
     */
    List<String> forNextInvoice(ObjectNode subscription, boolean useUp) {
        var running = new ArrayList<String>();
        var left = Json.array();
        for (JsonNode id : subscription.path("discounts")) {
            Optional<ObjectNode> discount =
                    store.find(Kind.DISCOUNT, id.asString()).filter(this::isRunning);
            boolean once = isForOnce(id.asString());
            if (discount.isPresent()) {
                running.add(id.asString());
            }
            if (discount.isPresent() && !once) {
                left.add(id);
            } else if (useUp) {
                discount.ifPresent(this::tellItIsOver);
            }
        }
        if (useUp) {
            subscription.set("discounts", left);
        }
        return running;
    }

    /**
     * The running discount of a customer, for what has none of its own; a single one is used up by
     * an invoice.
     */
    Optional<String> ofCustomer(ObjectNode customer, boolean useUp) {
        if (!(customer.path("discount") instanceof ObjectNode discount)) {
            return Optional.empty();
        }
        String id = discount.path("id").asString();
        boolean running = isRunning(discount);
        if (useUp && (!running || isForOnce(id))) {
            endOfCustomer(customer, Cause.NOT_THE_API);
        }
        return running ? Optional.of(id) : Optional.empty();
    }

    /** What it takes off a subscription that begins now. */
    static Optional<Reduction> reductionOf(Store store, ObjectNode customer) {
        return customer.path("discount") instanceof ObjectNode discount
                        && isRunning(store, discount)
                ? Optional.of(reduction(store, discount.path("id").asString()))
                : Optional.empty();
    }

    void endOfCustomer(ObjectNode customer, Cause cause) {
        if (customer.path("discount") instanceof ObjectNode discount) {
            customer.putNull("discount");
            var _ = events.record("customer.discount.deleted", discount, cause);
        }
    }

    private void tellItIsOver(ObjectNode discount) {
        var _ = events.record("customer.discount.deleted", discount, Cause.NOT_THE_API);
    }

    private boolean isForOnce(String id) {
        return store.aside(id, "coupon").path("duration").asString("").equals("once");
    }

    private boolean isRunning(ObjectNode discount) {
        return isRunning(store, discount);
    }

    private static boolean isRunning(Store store, ObjectNode discount) {
        return !discount.path("end").isNumber() || discount.path("end").asLong() > store.now();
    }

    private long inMonths(long months) {
        return Instant.ofEpochSecond(store.now())
                .atZone(ZoneOffset.UTC)
                .plusMonths(months)
                .toEpochSecond();
    }
}
