package com.comptappart.sandbox;

/** The kinds of objects that the sandbox keeps, with the prefix of their ids. */
enum Kind {
    PRODUCT("product", "prod_", 14),
    PRICE("price", "price_1", 23),
    SESSION("checkout.session", "cs_test_a1", 56),
    CUSTOMER("customer", "cus_", 14),
    PAYMENT_METHOD("payment_method", "pm_1", 23),
    PAYMENT_INTENT("payment_intent", "pi_3", 23),
    CHARGE("charge", "ch_3", 23),
    REFUND("refund", "re_3", 23),
    DISPUTE("dispute", "du_1", 23),
    BALANCE_TRANSACTION("balance_transaction", "txn_3", 23),
    TEST_CLOCK("test_helpers.test_clock", "clock_1", 23),
    TAX_ID("tax_id", "txi_1", 23),
    TAX_RATE("tax_rate", "txr_1", 23),
    COUPON("coupon", "", 8),
    PROMOTION_CODE("promotion_code", "promo_1", 23),
    DISCOUNT("discount", "di_1", 23),
    SUBSCRIPTION("subscription", "sub_1", 23),
    SUBSCRIPTION_ITEM("subscription_item", "si_", 14),
    INVOICE("invoice", "in_1", 23),
    INVOICE_LINE("line_item", "il_1", 23),
    INVOICE_ITEM("invoiceitem", "ii_1", 23),
    INVOICE_PAYMENT("invoice_payment", "inpay_1", 23),
    SETUP_INTENT("setup_intent", "seti_1", 23),
    CREDIT_NOTE("credit_note", "cn_1", 23),
    CREDIT_NOTE_LINE("credit_note_line_item", "cnli_1", 23),
    PORTAL_SESSION("billing_portal.session", "bps_1", 23),
    PORTAL_CONFIGURATION("billing_portal.configuration", "bpc_1", 23),
    PAYMENT_LINK("payment_link", "plink_1", 23),
    SHIPPING_RATE("shipping_rate", "shr_1", 23),
    QUOTE("quote", "qt_1", 23),
    SUBSCRIPTION_SCHEDULE("subscription_schedule", "sub_sched_1", 23),
    PAYOUT("payout", "po_1", 23),
    EVENT("event", "evt_1", 23),
    WEBHOOK_ENDPOINT("webhook_endpoint", "we_1", 23);

    private final String word;
    private final String prefix;
    private final int length;

    Kind(String word, String prefix, int length) {
        this.word = word;
        this.prefix = prefix;
        this.length = length;
    }

    String word() {
        return word;
    }

    String prefix() {
        return prefix;
    }

    String newId() {
        return Ids.random(prefix, length);
    }
}
