package com.comptappart.api;

import com.comptappart.kernel.Ids;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The {@code Idempotency-Key} that Stripe gets for a call of our API: the same for every repeat of
 * the call. A controller that reaches Stripe takes it as a parameter.
 */
record StripeKey(String value) {

    private static final String ATTRIBUTE = StripeKey.class.getName();

    static StripeKey fresh() {
        return new StripeKey(Ids.next("ca"));
    }

    void of(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static StripeKey from(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof StripeKey key) {
            return key;
        }
        throw new IllegalStateException(
                "a call that reaches Stripe went past StripeCallFilter: add its path there");
    }
}
