package com.comptappart.buyer;

import com.comptappart.order.Order;
import java.time.Instant;

/**
 * A buyer asked for a fresh link to what they bought.
 *
 * @param order the newest at that seller
 * @param url what the mail carries; kept nowhere else
 * @param asked the same for all who ask within a quarter of an hour
 */
public record BuyerLinkAsked(Order order, String url, Instant asked, Instant expiresAt) {

    @Override
    public String toString() {
        return "BuyerLinkAsked[" + order.id() + "]";
    }
}
