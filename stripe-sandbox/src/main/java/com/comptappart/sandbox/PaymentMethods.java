package com.comptappart.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_methods}: made from test tokens and test accounts only; which card or account
 * stands behind one is known here and nowhere shown.
 */
final class PaymentMethods {

    private static final String SEPA_NAMES = "pm_sepaDebit_";
    private static final int MOST_KEPT = 100_000;

    private final Store store;
    private final Set<String> setUp = new HashSet<>();
    private final Map<String, Instrument> instruments =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instrument> eldest) {
                    if (size() <= MOST_KEPT) {
                        return false;
                    }
                    setUp.remove(eldest.getKey());
                    return true;
                }
            };

    PaymentMethods(Store store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.post("v1/payment_methods", this::create);
        routes.get("v1/payment_methods/*", call -> store.get(Kind.PAYMENT_METHOD, call.id()));
    }

    ObjectNode make(Instrument instrument, ObjectNode billingDetails) {
        ObjectNode method =
                Json.object(
                        """
                        {"id": "", "object": "payment_method", "allow_redisplay": "limited",
                         "billing_details": {}, "created": 0, "customer": null, "customer_account": null,
                         "livemode": false, "metadata": {}, "type": ""}
                        """);
        String id = Kind.PAYMENT_METHOD.newId();
        method.put("id", id);
        method.put("created", store.now());
        method.set("billing_details", billingDetails);
        method.put("type", instrument.type());
        method.set(instrument.type(), instrument.shownOnMethod());
        instruments.put(id, instrument);
        return store.put(Kind.PAYMENT_METHOD, method);
    }

    /**
     * A payment method by its id, or a new one where a name like {@code pm_card_visa} stands for
     * one.
     */
    ObjectNode resolve(String idOrName, String param) {
        return named(idOrName)
                .map(instrument -> make(instrument, blankBilling()))
                .orElseGet(() -> store.referred(Kind.PAYMENT_METHOD, idOrName, param));
    }

    /**
     * What a name of Stripe's stands for: {@code pm_card_visa}, {@code tok_visa}, {@code
     * pm_sepaDebit_success_fr}.
     */
    Optional<Instrument> named(String name) {
        if (name.startsWith(SEPA_NAMES)) {
            return TestIban.named(name.substring(SEPA_NAMES.length()))
                    .map(Instrument.SepaDebit::new);
        }
        return TokenCards.of(name).map(card -> new Instrument.Card(card, 12, thisYear() + 4));
    }

    Instrument instrument(String id) {
        return instrument(id, "payment_method");
    }

    Instrument instrument(String id, String param) {
        Instrument instrument = instruments.get(id);
        if (instrument == null) {
            throw Refusal.noSuchParam(Kind.PAYMENT_METHOD, id, param);
        }
        return instrument;
    }

    /** Authenticated once for later payments without the buyer. */
    void rememberSetUp(String id) {
        setUp.add(id);
    }

    boolean isSetUp(String id) {
        return setUp.contains(id);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        String type =
                params.oneOf("type", "card", "sepa_debit")
                        .orElseThrow(() -> Refusal.missing("type"));
        ObjectNode billing =
                params.child("billing_details")
                        .map(PaymentMethods::billing)
                        .orElseGet(PaymentMethods::blankBilling);
        Instrument instrument = type.equals("card") ? card(params) : debit(params, billing);
        var metadata = Json.object();
        params.metadataInto(metadata);
        Optional<String> redisplay =
                params.oneOf("allow_redisplay", "always", "limited", "unspecified");
        params.refuseUnread();
        ObjectNode method = make(instrument, billing);
        method.set("metadata", metadata);
        redisplay.ifPresent(text -> method.put("allow_redisplay", text));
        return method;
    }

    private Instrument card(Params params) {
        Params card = params.child("card").orElseThrow(() -> Refusal.missing("card"));
        if (card.has("number")) {
            throw Refusal.of(
                    null,
                    "card[number]",
                    "This sandbox takes no card numbers by API; use a token such as tok_visa.");
        }
        String token = card.required("token");
        return named(token)
                .orElseThrow(() -> Refusal.notImitated("card[token]", "`" + token + "`"));
    }

    private static Instrument debit(Params params, ObjectNode billing) {
        Params debit = params.child("sepa_debit").orElseThrow(() -> Refusal.missing("sepa_debit"));
        String iban = debit.required("iban");
        for (String needed : new String[] {"name", "email"}) {
            if (!billing.path(needed).isString()) {
                throw Refusal.missing("billing_details[" + needed + "]");
            }
        }
        return TestIban.of(iban)
                .<Instrument>map(Instrument.SepaDebit::new)
                .orElseThrow(() ->
                        Refusal.of(
                                "invalid_bank_account_iban",
                                "sepa_debit[iban]",
                                "This is not one of Stripe's test IBANs; never send a real one here."
                                        + " Use FR1420041010050500013M02606."));
    }

    private static ObjectNode billing(Params given) {
        ObjectNode billing = blankBilling();
        for (String name : new String[] {"email", "name", "phone", "tax_id"}) {
            given.filled(name).ifPresent(text -> billing.put(name, text));
        }
        given.child("address")
                .ifPresent(address -> billing.set("address", Customers.address(address)));
        return billing;
    }

    static ObjectNode blankBilling() {
        return Json.object(
                """
                {"address": {"city": null, "country": null, "line1": null, "line2": null,
                   "postal_code": null, "state": null},
                 "email": null, "name": null, "phone": null, "tax_id": null}
                """);
    }

    private int thisYear() {
        return Instant.ofEpochSecond(store.now()).atZone(ZoneOffset.UTC).getYear();
    }
}
