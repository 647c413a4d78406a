package com.comptappart.demo;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The sample partner's place in the hub: made at the first start, found again at the next ones. */
final class PartnerAccount {

    static final String SLUG = "partenaire-demo";

    /** The sample partner takes all there is; others get two types unless they ask for more. */
    private static final List<String> EVENT_TYPES =
            List.of(
                    "order.created",
                    "order.renewed",
                    "order.refunded",
                    "order.disputed",
                    "subscription.created",
                    "subscription.updated",
                    "subscription.canceled",
                    "subscription.payment_failed");

    private static final String KEPT = "partner-endpoint.secret";

    private final HubApi hub;
    private final KeptSecrets kept;

    PartnerAccount(HubApi hub, KeptSecrets kept) {
        this.hub = hub;
        this.kept = kept;
    }

    /**
     * Makes sure that the hub calls that address.
     *
     * @return the secret that the hub signs with
     */
    String callMeAt(String webhookUrl) {
        if (hub.find("/v1/partners/" + SLUG).isEmpty()) {
            hub.call(
                    "POST",
                    "/v1/partners",
                    HubApi.object()
                            .put("name", "Partenaire de démonstration")
                            .put("slug", SLUG)
                            .put("contact_email", "partenaire@demo.localhost"));
        }
        var endpoints =
                hub.get("/v1/webhook-endpoints?limit=100&environment=staging&partner=" + SLUG)
                        .path("data");
        Optional<String> secret = Optional.empty();
        for (JsonNode endpoint : endpoints) {
            Optional<String> known = secretOf(endpoint);
            if (known.isPresent()) {
                update(webhookUrl, endpoint);
                secret = known;
            } else if (endpoint.path("description").asString("").equals(description())) {
                // Its secret is lost with our file, so nothing that it signs can be verified.
                hub.call("DELETE", path(endpoint), HubApi.object());
            }
        }
        return secret.orElseGet(() -> create(webhookUrl));
    }

    private Optional<String> secretOf(JsonNode endpoint) {
        String start = endpoint.path("id").asString() + " ";
        return kept.read(KEPT)
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()));
    }

    /** It may stand on another port now, and an older demo's took fewer types. */
    private void update(String webhookUrl, JsonNode endpoint) {
        var change = HubApi.object().put("url", webhookUrl);
        change.set("event_types", eventTypes());
        hub.call("PATCH", path(endpoint), change);
        if (!endpoint.path("enabled").asBoolean(true)) {
            hub.call("POST", path(endpoint) + "/enable", HubApi.object());
        }
    }

    private String create(String webhookUrl) {
        var wanted =
                HubApi.object()
                        .put("partner", SLUG)
                        .put("environment", "staging")
                        .put("url", webhookUrl)
                        .put("description", description());
        wanted.set("event_types", eventTypes());
        JsonNode made = hub.call("POST", "/v1/webhook-endpoints", wanted);
        String secret = made.path("secret").asString();
        kept.keep(KEPT, made.path("id").asString() + " " + secret);
        return secret;
    }

    private static ArrayNode eventTypes() {
        var types = Json.MAPPER.createArrayNode();
        EVENT_TYPES.forEach(types::add);
        return types;
    }

    private static String path(JsonNode endpoint) {
        return "/v1/webhook-endpoints/" + endpoint.path("id").asString();
    }

    private static String description() {
        return "made by ./comptappart demo";
    }
}
