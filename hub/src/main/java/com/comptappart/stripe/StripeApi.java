package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiResource;
import com.stripe.net.RawRequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads from Stripe, as raw JSON: the SDK's types lose fields when the API's version is not theirs.
 */
@Component
class StripeApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 50;

    private final Map<Environment, StripeClient> clients = new EnumMap<>(Environment.class);
    private final Map<String, JsonNode> products = new ConcurrentHashMap<>();

    static {
        Stripe.enableTelemetry = false;
    }

    StripeApi(StripeProperties properties) {
        for (Environment environment : Environment.values()) {
            String key = properties.of(environment).apiKey();
            if (!key.isBlank()) {
                clients.put(
                        environment,
                        StripeClient.builder()
                                .setApiKey(key)
                                .setApiBase(properties.apiBase())
                                .setMaxNetworkRetries(1)
                                .setConnectTimeout(5_000)
                                .setReadTimeout(15_000)
                                .build());
            }
        }
    }

    /** All lines of a session, with their products where Stripe expands them. */
    List<JsonNode> lineItems(Environment environment, String account, String session) {
        var items = new ArrayList<JsonNode>();
        String after = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String path =
                    "/v1/checkout/sessions/"
                            + encode(session)
                            + "/line_items?limit="
                            + PAGE
                            + "&expand[]=data.price.product&expand[]=data.taxes"
                            + (after.isEmpty() ? "" : "&starting_after=" + encode(after));
            var list =
                    get(environment, account, path)
                            .orElseThrow(() ->
                                    new Unreadable("Stripe does not know the session " + session));
            list.path("data").forEach(items::add);
            if (!list.path("has_more").asBoolean(false) || items.isEmpty()) {
                return items;
            }
            after = items.getLast().path("id").asString("");
        }
        throw new Unreadable(
                "the session " + session + " has more than " + PAGE * MAX_PAGES + " lines");
    }

    /** A product, remembered until Stripe says that it changed. */
    Optional<JsonNode> product(Environment environment, String account, String id) {
        var remembered = products.get(key(environment, account, id));
        if (remembered != null) {
            return Optional.of(remembered);
        }
        var found = get(environment, account, "/v1/products/" + encode(id));
        found.ifPresent(product -> products.put(key(environment, account, id), product));
        return found;
    }

    void forgetProduct(Environment environment, String account, String id) {
        products.remove(key(environment, account, id));
    }

    /** A payment intent with its latest charge. */
    Optional<JsonNode> paymentIntent(Environment environment, String account, String id) {
        return get(
                environment,
                account,
                "/v1/payment_intents/" + encode(id) + "?expand[]=latest_charge");
    }

    private Optional<JsonNode> get(Environment environment, String account, String path) {
        var client = clients.get(environment);
        if (client == null) {
            throw new StripeUnavailable(
                    "no Stripe API key for "
                            + environment.code()
                            + ": set COMPTAPPART_STRIPE_"
                            + environment.name()
                            + "_APIKEY",
                    null);
        }
        try {
            var options = RawRequestOptions.builder();
            if (!account.isEmpty()) {
                options.setStripeAccount(account);
            }
            var response =
                    client.rawRequest(ApiResource.RequestMethod.GET, path, null, options.build());
            return Optional.of(JSON.readTree(response.body()));
        } catch (StripeException e) {
            return failed(e, path);
        }
    }

    private static Optional<JsonNode> failed(StripeException e, String path) {
        Integer status = e.getStatusCode();
        if (status != null && status == 404) {
            return Optional.empty();
        }
        if (status != null
                && status >= 400
                && status < 500
                && status != 429
                && status != 409
                && status != 401
                && status != 403) {
            throw new Unreadable(
                    "Stripe refused " + path.replaceAll("\\?.*", "") + ": " + e.getMessage());
        }
        throw new StripeUnavailable(
                "Stripe answered "
                        + (status == null ? "nothing" : status)
                        + " to "
                        + path.replaceAll("\\?.*", "")
                        + ": "
                        + e.getMessage(),
                retryAfter(e));
    }

    private static @Nullable Duration retryAfter(StripeException e) {
        Integer status = e.getStatusCode();
        return status != null && status == 429 ? Duration.ofSeconds(2) : null;
    }

    private static String key(Environment environment, String account, String id) {
        return environment.code() + " " + account + " " + id;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
