package com.comptappart.webhook;

import com.comptappart.kernel.Refused;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what a caller wants of an endpoint. */
@Component
class EndpointFields {

    private static final int SHORTEST_API_KEY = 32;
    private static final int LONGEST_API_KEY = 500;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int LONGEST_TIMEOUT = 30;

    private final Addresses addresses;

    EndpointFields(Addresses addresses) {
        this.addresses = addresses;
    }

    /**
     * The URL, once its address may be called.
     *
     * @throws Refused when it must not
     */
    String url(String text) {
        var url = EndpointUrl.parse(text);
        try {
            addresses.admitted(url.host(), url.reach());
            return text;
        } catch (AddressRefused e) {
            throw refused(
                    e.getMessage()
                            + "; give a URL that the whole internet can reach, or have the operator allow the network");
        } catch (UnknownHostException e) {
            throw Refused.invalid(
                    "url_host_unknown",
                    "url: the name "
                            + url.host()
                            + " does not resolve; check the spelling, or publish its DNS record first");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Nullable String apiKey(@Nullable String key) {
        if (key == null) {
            return null;
        }
        boolean printable = key.chars().allMatch(c -> c > ' ' && c < 127);
        if (!printable || key.length() < SHORTEST_API_KEY || key.length() > LONGEST_API_KEY) {
            throw Refused.invalid(
                    "api_key_invalid",
                    "api_key: 32 to 500 visible ASCII characters without spaces, so that it can't be guessed and fits a header");
        }
        return key;
    }

    @Nullable List<String> eventTypes(@Nullable List<String> types) {
        return types == null ? null : EventTypes.checked(types);
    }

    @Nullable String description(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
            throw Refused.invalid(
                    "description_invalid", "description: at most 500 characters of text");
        }
        return text;
    }

    @Nullable Integer timeoutSeconds(@Nullable Integer seconds) {
        if (seconds != null && (seconds < 1 || seconds > LONGEST_TIMEOUT)) {
            throw Refused.invalid(
                    "timeout_seconds_invalid", "timeout_seconds: between 1 and 30, not " + seconds);
        }
        return seconds;
    }

    /** Everything that is wrong, in the order of the form. */
    Map<String, Refused> problems(Endpoints.Wish wish) {
        var problems = new LinkedHashMap<String, Refused>();
        var url = wish.url();
        note(
                problems,
                "url",
                () -> {
                    if (url != null) {
                        url(url);
                    }
                });
        note(problems, "event_types", () -> eventTypes(wish.eventTypes()));
        note(problems, "timeout_seconds", () -> timeoutSeconds(wish.timeoutSeconds()));
        note(problems, "api_key", () -> apiKey("".equals(wish.apiKey()) ? null : wish.apiKey()));
        note(problems, "description", () -> description(wish.description()));
        return problems;
    }

    private static void note(Map<String, Refused> problems, String field, Runnable check) {
        try {
            check.run();
        } catch (Refused refused) {
            problems.put(field, refused);
        }
    }

    private static Refused refused(String why) {
        return Refused.invalid("url_address_refused", "url: " + why);
    }
}
