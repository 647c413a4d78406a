package com.comptappart.stripe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a POST, named with brackets as Stripe has them. */
final class StripeForm {

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Adds a parameter; nothing where the value is null. */
    StripeForm with(String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    StripeForm with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** Adds {@code name[key]} for each entry. */
    StripeForm with(String name, Map<String, String> entries) {
        entries.forEach((key, value) -> with(name + "[" + key + "]", value));
        return this;
    }

    /** Adds {@code name[0]}, {@code name[1]}, … */
    StripeForm with(String name, Collection<String> list) {
        int position = 0;
        for (String value : list) {
            with(name + "[" + position++ + "]", value);
        }
        return this;
    }

    String encoded() {
        return values.entrySet().stream()
                .map(each ->
                        StripePath.encode(each.getKey()) + "=" + StripePath.encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }
}
