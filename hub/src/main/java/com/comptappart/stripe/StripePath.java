package com.comptappart.stripe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Paths of Stripe's API. */
final class StripePath {

    /** Words of paths that we ask; what is none of them is an id. */
    private static final Set<String> WORDS =
            Set.of(
                    "v1",
                    "v2",
                    "core",
                    "checkout",
                    "sessions",
                    "line_items",
                    "payment_intents",
                    "charges",
                    "products",
                    "prices",
                    "payment_links",
                    "billing_portal",
                    "customers",
                    "subscriptions",
                    "invoices",
                    "lines",
                    "invoice_payments",
                    "refunds",
                    "disputes",
                    "events",
                    "tax_rates",
                    "credit_notes",
                    "coupons",
                    "balance",
                    "balance_transactions",
                    "search",
                    "accounts");

    private StripePath() {}

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    static String withoutExpand(String path) {
        return path.replaceAll("expand\\[]=[^&]*&?", "").replaceAll("[?&]$", "");
    }

    /** The endpoint that Stripe counts: the path with a star for each id. */
    static String endpoint(String path) {
        var pattern = new StringBuilder();
        for (String segment : withoutQuery(path).split("/")) {
            if (!segment.isEmpty()) {
                pattern.append('/').append(WORDS.contains(segment) ? segment : "*");
            }
        }
        return pattern.toString();
    }
}
