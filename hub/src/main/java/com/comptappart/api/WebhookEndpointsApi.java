package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v1/webhook-endpoints}: what is kept of them. */
@RestController
@Tag(name = "Webhook endpoints", description = "Where a partner is told of its orders.")
class WebhookEndpointsApi {

    @Schema(name = "NewWebhookEndpoint")
    record New(
            @Schema(description = "Operators only: the partner's id or slug")
                    @Nullable String partner,
            @Schema(
                            description = "Required of operators; a partner's key may leave it out",
                            allowableValues = {"staging", "production"})
                    @Nullable String environment,
            @Schema(
                            description = "https, at a public address",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "https://declarons.example/webhooks/comptappart")
                    @Nullable String url,
            @Schema(
                            description =
                                    "Sent as X-API-KEY with every call; 32 characters or more; kept encrypted, never shown",
                            example = "b1a5f4d2c8e94e6fa3f1d0c7e9b25a68")
                    @Nullable String apiKey,
            @Schema(
                            description = "order.created and order.renewed unless chosen",
                            example = "[\"order.created\", \"order.renewed\", \"order.refunded\"]")
                    @Nullable List<@Nullable String> eventTypes,
            @Schema(maxLength = 500, example = "CRM") @Nullable String description,
            @Schema(minimum = "1", maximum = "30", defaultValue = "10", example = "10")
                    @Nullable Integer timeoutSeconds,
            @Schema(
                            description =
                                    "[\"v1\"] unless chosen; [\"v1\", \"v1a\"] adds an Ed25519 signature, which public_key verifies")
                    @Nullable List<@Nullable String> signatureSchemes,
            @Schema(
                            description =
                                    "Calls a second at most, over all of the hub's nodes; no limit unless chosen",
                            minimum = "1",
                            maximum = "1000")
                    @Nullable Integer rateLimitPerSecond) {}

    @Schema(name = "WebhookEndpointChange")
    record Change(
            @Schema(example = "https://declarons.example/webhooks/v2") @Nullable String url,
            @Schema(
                            description =
                                    "Sent as X-API-KEY from now on; null or an empty text takes it away",
                            implementation = String.class,
                            example = "b1a5f4d2c8e94e6fa3f1d0c7e9b25a68")
                    @Nullable JsonNode apiKey,
            @Schema(
                            description =
                                    "What is owed from now on; what was owed before, and waits, still goes")
                    @Nullable List<@Nullable String> eventTypes,
            @Schema(maxLength = 500, example = "CRM, nouvelle adresse")
                    @Nullable String description,
            @Schema(minimum = "1", maximum = "30") @Nullable Integer timeoutSeconds,
            @Schema(
                            description =
                                    "[\"v1\"], or [\"v1\", \"v1a\"], which adds an Ed25519 signature, which public_key verifies")
                    @Nullable List<@Nullable String> signatureSchemes,
            @Schema(
                            description =
                                    "Calls a second at most, over all of the hub's nodes; null takes the limit away",
                            implementation = Integer.class,
                            example = "50",
                            minimum = "1",
                            maximum = "1000")
                    @Nullable JsonNode rateLimitPerSecond) {}

    private final Endpoints endpoints;
    private final Scopes scopes;
    private final Deeds deeds;

    WebhookEndpointsApi(Endpoints endpoints, Scopes scopes, Deeds deeds) {
        this.deeds = deeds;
        this.endpoints = endpoints;
        this.scopes = scopes;
    }

    @PostMapping("/v1/webhook-endpoints")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createWebhookEndpoint",
            summary = "Add a webhook endpoint",
            description = "The answer shows the signing secret; nothing shows it again.")
    EndpointView create(Caller caller, @RequestBody New wanted) {
        var target = scopes.target(caller, wanted.partner(), wanted.environment());
        var wish =
                new Endpoints.Wish(
                        Given.required("url", wanted.url()),
                        wanted.apiKey(),
                        checked("event_types", wanted.eventTypes()),
                        wanted.description(),
                        wanted.timeoutSeconds(),
                        checked("signature_schemes", wanted.signatureSchemes()),
                        Given.rateLimit(wanted.rateLimitPerSecond()));
        return EndpointView.of(
                deeds.of(caller, "endpoint.created", target.partner(), target.environment(), "")
                        .done(
                                () ->
                                        endpoints.create(
                                                target.partner(), target.environment(), wish),
                                (deed, made) -> deed.on(made.endpoint().id())));
    }

    @GetMapping("/v1/webhook-endpoints")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_READ)
    @Operation(operationId = "listWebhookEndpoints", summary = "List webhook endpoints")
    ListView<EndpointView> list(
            Caller caller,
            PageRequest page,
            @Parameter(description = "Operators: id or slug")
                    @RequestParam(name = "partner", required = false)
                    @Nullable String partner,
            @RequestParam(name = "environment", required = false) @Nullable String environment) {
        var scope = scopes.narrowed(caller, partner, environment);
        return ListView.of(
                endpoints.list(scope.partner(), scope.environment(), page), EndpointView::of);
    }

    @GetMapping("/v1/webhook-endpoints/{id}")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_READ)
    @Operation(operationId = "getWebhookEndpoint", summary = "Get a webhook endpoint")
    EndpointView get(Caller caller, @PathVariable("id") String id) {
        return EndpointView.of(find(endpoints, caller, id));
    }

    @PatchMapping("/v1/webhook-endpoints/{id}")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @Operation(
            operationId = "updateWebhookEndpoint",
            summary = "Change a webhook endpoint",
            description =
                    "Fields that are left out stay as they are. With a new url, what waits for another try goes at once.")
    EndpointView update(Caller caller, @PathVariable("id") String id, @RequestBody Change change) {
        var wish =
                new Endpoints.Wish(
                        change.url(),
                        Given.apiKey(change.apiKey()),
                        checked("event_types", change.eventTypes()),
                        change.description(),
                        change.timeoutSeconds(),
                        checked("signature_schemes", change.signatureSchemes()),
                        Given.rateLimit(change.rateLimitPerSecond()));
        var endpoint = find(endpoints, caller, id);
        return EndpointView.of(
                deeds.of(caller, "endpoint.updated", endpoint)
                        .done(() -> endpoints.update(endpoint, wish)));
    }

    @DeleteMapping("/v1/webhook-endpoints/{id}")
    @Needs(KeyScope.WEBHOOK_ENDPOINTS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteWebhookEndpoint",
            summary = "Remove a webhook endpoint",
            description =
                    "What it was still owed is held for the next endpoint that wants it, with the same ids; what another"
                            + " endpoint of yours was owed as well ends as failed and stays visible.")
    void delete(Caller caller, @PathVariable("id") String id) {
        var endpoint = find(endpoints, caller, id);
        deeds.of(caller, "endpoint.deleted", endpoint)
                .done(() -> {
                    endpoints.delete(endpoint);
                    return endpoint;
                });
    }

    static Endpoint find(Endpoints endpoints, Caller caller, String id) {
        return endpoints
                .find(caller.onlyPartner(), caller.onlyEnvironment(), id)
                .orElseThrow(() ->
                        Refused.notFound(
                                "webhook_endpoint_not_found",
                                "there is no webhook endpoint " + id));
    }

    private static @Nullable List<String> checked(
            String field, @Nullable List<@Nullable String> texts) {
        if (texts == null) {
            return null;
        }
        for (String text : texts) {
            if (text == null) {
                throw Refused.invalid("field_invalid", "field '" + field + "' has a null in it");
            }
        }
        return List.copyOf(texts);
    }
}
