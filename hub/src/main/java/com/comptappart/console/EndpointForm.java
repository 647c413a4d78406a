package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.EventTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of an endpoint as it was typed; templates call only methods that are public.
 *
 * @param types the chosen event types
 * @param v1a absent where the box is not ticked
 * @param noKey ticked to take the partner's key away
 */
record EndpointForm(
        @Nullable String url,
        @Nullable List<String> types,
        @Nullable String seconds,
        @Nullable String key,
        @Nullable String noKey,
        @Nullable String v1a,
        @Nullable String rate,
        @Nullable String description) {

    private static final int MOST_PER_SECOND = 1_000;
    private static final List<String> USUAL =
            List.of("order.created", "order.renewed", "order.refunded", "ping");

    EndpointForm {
        types = types == null ? null : List.copyOf(types);
    }

    /** A box with its word. */
    record Box(String code, String text, boolean ticked) {}

    static EndpointForm empty() {
        return new EndpointForm("", USUAL, "10", "", null, null, "", "");
    }

    static EndpointForm of(Endpoint endpoint) {
        var rate = endpoint.rateLimitPerSecond();
        return new EndpointForm(
                endpoint.url(),
                endpoint.eventTypes(),
                Integer.toString(endpoint.timeoutSeconds()),
                "",
                null,
                endpoint.signatureSchemes().contains("v1a") ? "on" : null,
                rate == null ? "" : Integer.toString(rate),
                endpoint.description());
    }

    public String shownUrl() {
        return text(url);
    }

    public String shownSeconds() {
        return text(seconds);
    }

    public String shownRate() {
        return text(rate);
    }

    public String shownDescription() {
        return text(description);
    }

    public boolean wantsV1a() {
        return v1a != null;
    }

    public List<Box> boxes(Words words) {
        var chosen = types == null ? List.<String>of() : types;
        return EventTypes.known().stream()
                .map(type -> new Box(type, words.text("type." + type), chosen.contains(type)))
                .toList();
    }

    /** What is asked for; numbers that are none are left out, {@link #problems} names them. */
    Endpoints.Wish wish() {
        boolean takesKeyAway = noKey != null;
        String typed = text(key);
        return new Endpoints.Wish(
                text(url),
                takesKeyAway ? "" : typed.isEmpty() ? null : typed,
                types == null ? List.of() : types,
                text(description),
                number(seconds),
                wantsV1a() ? List.of("v1", "v1a") : List.of("v1"),
                text(rate).isEmpty() ? Integer.valueOf(0) : number(rate));
    }

    /** What is wrong, by field, in the reader's language. */
    Map<String, String> problems(Words words, Endpoints endpoints) {
        var found = new LinkedHashMap<String, Refused>();
        if (text(url).isEmpty()) {
            found.put("url", Refused.invalid("url_missing", "url: say where to call"));
        }
        endpoints.problems(wish()).forEach(found::putIfAbsent);
        if (number(seconds) == null) {
            found.put(
                    "timeout_seconds",
                    Refused.invalid("timeout_seconds_invalid", "timeout_seconds: 1 to 30"));
        }
        var perSecond = number(rate);
        if (!text(rate).isEmpty()
                && (perSecond == null || perSecond < 1 || perSecond > MOST_PER_SECOND)) {
            found.put(
                    "rate_limit_per_second",
                    Refused.invalid("rate_limit_per_second_invalid", "1 to 1000 calls a second"));
        }
        var said = new LinkedHashMap<String, String>();
        found.forEach((field, refused) -> said.put(field, said(words, refused)));
        return said;
    }

    /** A refusal in the reader's language, or as it was made where there are no words for it. */
    static String said(Words words, Refused refused) {
        String key = "endpoint.error." + refused.code();
        String found = words.ofCode("endpoint.error.", refused.code());
        return found.equals(refused.code()) ? refused.detail() : words.text(key);
    }

    private static @Nullable Integer number(@Nullable String typed) {
        String text = text(typed);
        return text.matches("[0-9]{1,6}") ? Integer.valueOf(text) : null;
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
