package com.comptappart.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}: made by the API, or by a session that asks for one. */
final class Customers {

    /** What else goes when a customer goes. */
    interface Leaving {
        void customerLeaves(String customer);
    }

    private final Store store;
    private final Events events;
    private final Wallet wallet;
    private final CustomerTaxIds taxIds;
    private final CustomerDiscounts discounts;
    private Leaving leaving = _ -> {};

    Customers(Store store, Events events, Wallet wallet, CustomerDiscounts discounts) {
        this.discounts = discounts;
        this.store = store;
        this.events = events;
        this.wallet = wallet;
        this.taxIds = new CustomerTaxIds(store, events);
    }

    void addTo(Routes routes) {
        routes.post("v1/customers", this::create);
        routes.get("v1/customers", this::list);
        routes.get("v1/customers/*", call -> store.get(Kind.CUSTOMER, call.id()));
        routes.post("v1/customers/*", this::update);
        routes.delete("v1/customers/*", this::delete);
        taxIds.addTo(routes);
        discounts.addTo(routes);
    }

    /** The subscriptions, which are made after the customers, end with them. */
    void whenOneLeaves(Leaving other) {
        leaving = other;
    }

    ObjectNode add(Buyer buyer) {
        ObjectNode customer = blank();
        customer.put("email", buyer.email());
        customer.put("name", buyer.name());
        customer.put("phone", buyer.phone());
        customer.set("address", buyer.address().json());
        keep(customer, Cause.NOT_THE_API);
        buyer.taxIds()
                .forEach(id -> taxIds.add(customer, id.type(), id.value(), Cause.NOT_THE_API));
        return customer;
    }

    /** A customer that is still there: one that was deleted can't buy. */
    static ObjectNode referred(Store store, String id, String param) {
        ObjectNode customer = store.referred(Kind.CUSTOMER, id, param);
        if (Deleted.is(customer)) {
            throw Refusal.noSuchParam(Kind.CUSTOMER, id, param);
        }
        return customer;
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode customer = blank();
        params.filled("test_clock")
                .ifPresent(clock -> {
                    store.referred(Kind.TEST_CLOCK, clock, "test_clock");
                    customer.put("test_clock", clock);
                });
        CustomerFields.apply(params, customer);
        params.filled("invoice_prefix").ifPresent(text -> customer.put("invoice_prefix", text));
        Optional<String> method = params.filled("payment_method");
        Optional<String> source = params.filled("source");
        Optional<String> preferred = defaultMethod(params);
        List<CustomerTaxIds.Given> given = CustomerTaxIds.read(params);
        CustomerDiscounts.Wish discount = discounts.read(params);
        params.refuseUnread();
        wallet.check(method.or(() -> source).or(() -> preferred), "payment_method");
        store.put(Kind.CUSTOMER, customer);
        method.ifPresent(id -> wallet.attach(id, customer, "payment_method", call.cause()));
        source.ifPresent(token ->
                preferMethod(customer, wallet.attach(token, customer, "source", call.cause())));
        preferred.ifPresent(id -> setDefaultMethod(customer, id, call.cause()));
        var _ = events.record("customer.created", customer, call.cause());
        discounts.follow(discount, customer, call.cause());
        given.forEach(id -> taxIds.add(customer, id.type(), id.value(), call.cause()));
        return customer;
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = live(call.id());
        ObjectNode customer = kept.deepCopy();
        CustomerFields.apply(params, customer);
        Optional<String> source = params.filled("source");
        Optional<String> preferred = defaultMethod(params);
        CustomerDiscounts.Wish discount = discounts.read(params);
        params.refuseUnread();
        ObjectNode before = kept.deepCopy();
        source.ifPresent(token ->
                preferMethod(customer, wallet.attach(token, kept, "source", call.cause())));
        preferred.ifPresent(id -> setDefaultMethod(customer, id, call.cause()));
        discounts.follow(discount, customer, call.cause());
        kept.setAll(customer);
        var _ = events.recordChange("customer.updated", before, kept, call.cause());
        return kept;
    }

    private static Optional<String> defaultMethod(Params params) {
        return params.child("invoice_settings")
                .flatMap(settings -> settings.text("default_payment_method"));
    }

    /** A token stands for a new payment method of this customer; empty takes the default away. */
    private void setDefaultMethod(ObjectNode customer, String id, Cause cause) {
        if (id.isEmpty()) {
            settings(customer).putNull("default_payment_method");
            return;
        }
        preferMethod(
                customer,
                wallet.ofCustomer(id, customer, "invoice_settings[default_payment_method]", cause));
    }

    private static void preferMethod(ObjectNode customer, ObjectNode method) {
        settings(customer).set("default_payment_method", method.path("id"));
    }

    private static ObjectNode settings(ObjectNode customer) {
        return (ObjectNode) customer.path("invoice_settings");
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params())
                        .and(Page.equal(call.params(), "email"))
                        .and(Page.equal(call.params(), "test_clock"))
                        .and(customer -> !Deleted.is(customer));
        return Page.of(call, store.newestFirst(Kind.CUSTOMER).stream().filter(wanted).toList());
    }

    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        return remove(live(call.id()), call.cause());
    }

    void removeAllOnClock(String clock) {
        store.newestFirst(Kind.CUSTOMER).stream()
                .filter(customer -> customer.path("test_clock").asString("").equals(clock))
                .forEach(customer -> remove(customer, Cause.NOT_THE_API));
    }

    private ObjectNode remove(ObjectNode customer, Cause cause) {
        String id = customer.path("id").asString();
        leaving.customerLeaves(id);
        var _ = events.record("customer.deleted", customer, cause);
        return store.put(Kind.CUSTOMER, Deleted.of(Kind.CUSTOMER, id));
    }

    private ObjectNode live(String id) {
        ObjectNode customer = store.get(Kind.CUSTOMER, id);
        if (Deleted.is(customer)) {
            throw Refusal.noSuch(Kind.CUSTOMER, id);
        }
        return customer;
    }

    private void keep(ObjectNode customer, Cause cause) {
        store.put(Kind.CUSTOMER, customer);
        var _ = events.record("customer.created", customer, cause);
    }

    static ObjectNode address(Params given) {
        return CustomerFields.address(given);
    }

    private ObjectNode blank() {
        ObjectNode customer =
                Json.object(
                        """
                        {"id": "", "object": "customer", "address": null, "balance": 0, "created": 0,
                         "currency": null, "customer_account": null, "default_source": null, "delinquent": false,
                         "description": null, "discount": null, "email": null, "invoice_prefix": "",
                         "invoice_settings": {"custom_fields": null, "default_payment_method": null,
                           "footer": null, "rendering_options": null},
                         "livemode": false, "metadata": {}, "name": null, "next_invoice_sequence": 1,
                         "phone": null, "preferred_locales": [], "shipping": null, "tax_exempt": "none",
                         "test_clock": null}
                        """);
        customer.put("id", Kind.CUSTOMER.newId());
        customer.put("created", store.now());
        customer.put("invoice_prefix", Ids.random("", 8).toUpperCase(Locale.ROOT));
        return customer;
    }
}
