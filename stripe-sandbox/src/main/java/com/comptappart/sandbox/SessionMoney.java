package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sums of a session: by line and in all, with discounts and tax. */
final class SessionMoney {

    static final String RATES = "tax_rates";

    private final Store store;
    private final AutomaticTax automaticTax;

    SessionMoney(Store store) {
        this.store = store;
        this.automaticTax = new AutomaticTax(store);
    }

    /** Fills in the lines and the session; automatic tax waits until the buyer's place is known. */
    void compute(ObjectNode session, List<ObjectNode> items, AutomaticTax.Buyer buyer) {
        boolean trial = SessionBilling.hasTrial(store, session);
        var moneys = new ArrayList<LineMoney>();
        for (ObjectNode item : items) {
            JsonNode price = item.path("price");
            boolean free = trial && price.path("recurring").isObject();
            long amount = free ? 0 : PriceShare.total(store, price, item.path("quantity").asLong());
            moneys.add(new LineMoney(amount, price.path("product").asString(), true));
        }
        reductions(session).forEach(off -> off.apply(moneys));
        long subtotal = 0;
        long total = 0;
        long discount = 0;
        long tax = 0;
        for (int i = 0; i < items.size(); i++) {
            LineMoney money = moneys.get(i);
            tax(session, items.get(i), money, buyer);
            fill(items.get(i), money);
            subtotal += money.amount();
            total += money.total();
            discount += money.discount();
            tax += money.tax();
        }
        ship(session, buyer);
        JsonNode shipping = session.path("shipping_cost");
        session.put("amount_subtotal", subtotal);
        session.put("amount_total", total + shipping.path("amount_total").asLong(0));
        var details = (ObjectNode) session.path("total_details");
        details.put("amount_discount", discount);
        details.put("amount_shipping", shipping.path("amount_subtotal").asLong(0));
        details.put("amount_tax", tax + shipping.path("amount_tax").asLong(0));
    }

    /** Coupons take nothing off a delivery, and only automatic tax is due on it. */
    private void ship(ObjectNode session, AutomaticTax.Buyer buyer) {
        if (!(session.path("shipping_cost") instanceof ObjectNode cost)) {
            return;
        }
        var money = new LineMoney(cost.path("amount_subtotal").asLong(), "", false);
        if (session.path("automatic_tax").path("enabled").asBoolean()) {
            ObjectNode rate = store.get(Kind.SHIPPING_RATE, cost.path("shipping_rate").asString());
            String currency = session.path("currency").asString();
            money.tax(automaticTax.on(money.net(), rate, currency, buyer));
        }
        cost.put("amount_tax", money.tax());
        cost.put("amount_total", money.total());
    }

    private List<Reduction> reductions(ObjectNode session) {
        var reductions = new ArrayList<Reduction>();
        boolean own = !session.path("discounts").isEmpty();
        if (!own && SessionBilling.subscribes(session)) {
            store.find(Kind.CUSTOMER, session.path("customer").asString(""))
                    .flatMap(customer -> Discounts.reductionOf(store, customer))
                    .ifPresent(reductions::add);
        }
        for (JsonNode discount : session.path("discounts")) {
            String coupon = discount.path("coupon").asString("");
            store.find(Kind.COUPON, coupon)
                    .ifPresent(found -> reductions.add(Reduction.of(store, coupon, found)));
        }
        return reductions;
    }

    private void tax(
            ObjectNode session, ObjectNode item, LineMoney money, AutomaticTax.Buyer buyer) {
        var automatic = (ObjectNode) session.path("automatic_tax");
        if (automatic.path("enabled").asBoolean()) {
            automatic.put("status", buyer.isSomewhere() ? "complete" : "requires_location_inputs");
            money.tax(
                    automaticTax.on(
                            money.net(),
                            item.path("price"),
                            session.path("currency").asString(),
                            buyer));
            return;
        }
        var rates = new ArrayList<ObjectNode>();
        store.aside(item.path("id").asString(), RATES)
                .forEach(rate -> rates.add((ObjectNode) rate));
        money.tax(TaxShare.of(money.net(), rates, "not_available"));
    }

    private void fill(ObjectNode item, LineMoney money) {
        String id = item.path("id").asString();
        item.put("amount_subtotal", money.amount());
        item.put("amount_discount", money.discount());
        item.put("amount_tax", money.tax());
        item.put("amount_total", money.total());
        var taxes = Json.array();
        money.taxes().forEach(tax -> taxes.add(tax.onSession()));
        store.putAside(id, "taxes", taxes);
    }
}
