package com.comptappart.api;

import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.stripe.PortalSessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/portal-sessions}. */
@RestController
@Tag(name = "Checkout")
class PortalApi {

    @Schema(name = "NewPortalSession")
    record New(
            @Schema(
                            description = "sub_…; or give customer_email",
                            example = "sub_1QMqH82eZvKYlo2C0xzQjKVp")
                    @Nullable String subscriptionId,
            @Schema(description = "Exactly as the buyer gave it") @Nullable String customerEmail,
            @Schema(
                            description = "Where the buyer goes back to",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "https://declarons.example/compte")
                    @Nullable String returnUrl,
            @Schema(description = "Operators: for which partner, by id or slug")
                    @Nullable String partner,
            @Schema(
                            description = "Operators: where",
                            allowableValues = {"staging", "production"})
                    @Nullable String environment) {}

    @Schema(name = "PortalSession")
    record View(
            @Schema(example = "bps_1QMqH82eZvKYlo2C") String id,
            @Schema(allowableValues = "portal_session") String object,
            @Schema(
                            description = "Send the buyer there, soon",
                            format = "uri",
                            example = "https://billing.stripe.com/p/session/test_YWNjdF8x")
                    String url) {}

    private final PortalSessions portals;
    private final Scopes scopes;

    PortalApi(PortalSessions portals, Scopes scopes) {
        this.portals = portals;
        this.scopes = scopes;
    }

    @PostMapping("/v1/portal-sessions")
    @Needs(KeyScope.PORTAL_SESSIONS_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createPortalSession",
            summary = "Open Stripe's customer portal",
            description =
                    "For a customer all of whose subscriptions are the partner's: the portal shows"
                            + " them all.")
    View create(Caller caller, StripeKey key, @RequestBody New wanted) {
        var target = scopes.target(caller, wanted.partner(), wanted.environment());
        var portal =
                portals.create(
                        target.partner(),
                        target.environment(),
                        new PortalSessions.Wanted(
                                wanted.subscriptionId(),
                                wanted.customerEmail(),
                                Given.required("return_url", wanted.returnUrl())),
                        key.value());
        return new View(portal.id(), "portal_session", portal.url());
    }
}
