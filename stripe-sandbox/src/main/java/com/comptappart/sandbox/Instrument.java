package com.comptappart.sandbox;

import tools.jackson.databind.node.ObjectNode;

/** What somebody pays with; the numbers themselves are not kept. */
sealed interface Instrument {

    /** Stripe's word for the kind of payment method. */
    String type();

    /** What the payment method shows under the name of its type. */
    ObjectNode shownOnMethod();

    /** What a charge shows of it in {@code payment_method_details}. */
    ObjectNode shownOnCharge();

    /** A test card with the expiry on it. */
    record Card(TestCard kind, int expiryMonth, int expiryYear) implements Instrument {

        @Override
        public String type() {
            return "card";
        }

        @Override
        public ObjectNode shownOnMethod() {
            ObjectNode card =
                    Json.object(
                            """
                            {"brand": "", "checks": {"address_line1_check": "pass",
                               "address_postal_code_check": "pass", "cvc_check": "pass"}, "country": "",
                             "display_brand": "", "exp_month": 1, "exp_year": 2030, "fingerprint": "",
                             "funding": "", "generated_from": null, "last4": "",
                             "networks": {"available": [], "preferred": null},
                             "regulated_status": "unregulated",
                             "three_d_secure_usage": {"supported": true}, "wallet": null}
                            """);
            describe(card);
            card.put("display_brand", kind.brand());
            ((ObjectNode) card.path("networks")).putArray("available").add(kind.brand());
            return card;
        }

        @Override
        public ObjectNode shownOnCharge() {
            ObjectNode card =
                    Json.object(
                            """
                            {"amount_authorized": null, "authorization_code": null, "brand": "",
                             "checks": {"address_line1_check": "pass", "address_postal_code_check": "pass",
                               "cvc_check": "pass"},
                             "country": "", "exp_month": 1, "exp_year": 2030,
                             "extended_authorization": {"status": "disabled"}, "fingerprint": "",
                             "funding": "", "incremental_authorization": {"status": "unavailable"},
                             "installments": null, "last4": "", "mandate": null,
                             "multicapture": {"status": "unavailable"}, "network": "",
                             "network_token": {"used": false}, "network_transaction_id": null,
                             "overcapture": {"maximum_amount_capturable": 0, "status": "unavailable"},
                             "regulated_status": "unregulated", "three_d_secure": null,
                             "transaction_link_id": null, "wallet": null}
                            """);
            describe(card);
            card.put("network", kind.brand());
            return card;
        }

        private void describe(ObjectNode details) {
            details.put("brand", kind.brand());
            details.put("country", kind.country());
            details.put("exp_month", expiryMonth);
            details.put("exp_year", expiryYear);
            details.put("fingerprint", "sandbox" + kind.brand() + kind.last4());
            details.put("funding", kind.funding());
            details.put("last4", kind.last4());
        }
    }

    /** A bank account that is debited by SEPA. */
    record SepaDebit(TestIban account) implements Instrument {

        @Override
        public String type() {
            return "sepa_debit";
        }

        @Override
        public ObjectNode shownOnMethod() {
            ObjectNode shown = described();
            shown.putObject("generated_from").putNull("charge").putNull("setup_attempt");
            return shown;
        }

        @Override
        public ObjectNode shownOnCharge() {
            return described().put("mandate", Ids.random("mandate_1", 23));
        }

        private ObjectNode described() {
            return Json.object()
                    .put("bank_code", account.bankCode())
                    .put("branch_code", account.branchCode())
                    .put("country", account.country())
                    .put("fingerprint", "sandboxsepa" + account.country() + account.last4())
                    .put("last4", account.last4());
        }
    }
}
