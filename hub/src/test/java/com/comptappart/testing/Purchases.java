package com.comptappart.testing;

/**
 * Events of purchases as Stripe sends them, with the lines in the event so that nothing need be
 * fetched.
 */
public final class Purchases {

    private Purchases() {}

    /** A paid session of one line of 99.99 EUR. */
    public static String event(String id, String partner, boolean live) {
        return event(id, partner, live, "buyer+" + id + "@example.com", "Marie Martin");
    }

    public static String event(String id, String partner, boolean live, String email, String name) {
        return """
        {"id":"evt_%1$s","object":"event","api_version":"2026-07-29.dahlia","created":%2$d,"livemode":%4$s,
         "type":"checkout.session.completed","data":{"object":{
          "id":"cs_%1$s","object":"checkout.session","mode":"payment","status":"complete","payment_status":"paid",
          "amount_total":9999,"currency":"eur","livemode":%4$s,"locale":"fr","payment_intent":null,"metadata":{},
          "customer_details":{"name":"%6$s","email":"%5$s","phone":"+33687654321",
            "address":{"line1":"3 allée de l'Été","postal_code":"75011","city":"Paris","country":"FR"}},
          "custom_fields":[{"key":"anneedeladeclaration","type":"text","label":{"custom":"Année de la déclaration"},
            "text":{"value":"2024"}}],
          "line_items":{"object":"list","has_more":false,"data":[{"id":"li_%1$s","object":"item",
            "description":"Déclaration d'impôts - Formule Complète","quantity":1,"amount_total":9999,"amount_tax":0,
            "currency":"eur","price":{"id":"price_1","product":{"id":"prod_1","object":"product",
              "metadata":{"partner":"%3$s"}}}}]}}}}
        """
                .formatted(id, System.currentTimeMillis() / 1000, partner, live, email, name);
    }
}
