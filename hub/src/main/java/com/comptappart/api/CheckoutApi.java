package com.comptappart.api;

import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.stripe.CheckoutSession;
import com.comptappart.stripe.CheckoutSessions;
import com.comptappart.stripe.NewCheckout;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/checkout-sessions}. */
@RestController
@Tag(name = "Checkout", description = "Stripe's pages, made for a partner's buyers.")
class CheckoutApi {

    @Schema(name = "NewCheckoutSession")
    record New(
            @Schema(
                            description = "A Stripe price; or give line_items",
                            example = "price_1QMqH82eZvKYlo2C")
                    @Nullable String price,
            @Schema(description = "Of that price", defaultValue = "1", minimum = "1", example = "1")
                    @Nullable Long quantity,
            @Schema(description = "Several prices, in place of price and quantity")
                    @Nullable List<Item> lineItems,
            @Schema(
                            description =
                                    "Where the buyer goes after paying; {CHECKOUT_SESSION_ID} in it"
                                            + " becomes the session's id",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "https://declarons.example/merci?s={CHECKOUT_SESSION_ID}")
                    @Nullable String successUrl,
            @Schema(example = "https://declarons.example/panier") @Nullable String cancelUrl,
            @Schema(example = "marie.martin@example.com") @Nullable String customerEmail,
            @Schema(
                            description =
                                    "Comes back in webhooks; its 'coverage' is a JSON array of"
                                            + " years and properties",
                            example = "{\"dossier\": \"2026-0042\"}")
                    @Nullable Map<String, String> metadata,
            @Schema(
                            description = "Left out: what the prices say",
                            allowableValues = {"payment", "subscription"},
                            example = "payment")
                    @Nullable String mode,
            @Schema(description = "Questions to the buyer, 3 at most")
                    @Nullable List<Question> customFields,
            @Schema(description = "Operators: for which partner, by id or slug")
                    @Nullable String partner,
            @Schema(
                            description = "Operators: where",
                            allowableValues = {"staging", "production"})
                    @Nullable String environment) {}

    @Schema(name = "CheckoutItem")
    record Item(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String price,
            @Schema(defaultValue = "1", minimum = "1") @Nullable Long quantity) {}

    @Schema(name = "CheckoutField")
    record Question(
            @Schema(
                            description = "Letters and digits",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "anneedeladeclaration")
                    @Nullable String key,
            @Schema(
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "Année de la déclaration")
                    @Nullable String label,
            @Schema(
                            allowableValues = {"text", "numeric", "dropdown"},
                            defaultValue = "text",
                            example = "dropdown")
                    @Nullable String type,
            @Schema(defaultValue = "false") @Nullable Boolean optional,
            @Schema(description = "Of a dropdown") @Nullable List<Option> options) {}

    @Schema(name = "CheckoutOption")
    record Option(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Revenus 2025")
                    @Nullable String label,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "2025")
                    @Nullable String value) {}

    @Schema(name = "CheckoutSession")
    record View(
            @Schema(example = "cs_test_a1B2c3D4e5F6g7H8") String id,
            @Schema(allowableValues = "checkout_session") String object,
            @Schema(
                            description = "Send the buyer there",
                            format = "uri",
                            example = "https://checkout.stripe.com/c/pay/cs_test_a1B2c3D4e5F6g7H8")
                    String url,
            @Schema(allowableValues = {"payment", "subscription"}) String mode,
            @Schema(
                            description = "As far as it is known before the buyer's address",
                            example = "99.99")
                    @Nullable BigDecimal totalAmount,
            @Schema(example = "EUR") @Nullable String currency,
            @Schema(example = "2026-11-24T14:32:18Z") @Nullable Instant expiresAt) {

        static View of(CheckoutSession session) {
            var total = session.total();
            return new View(
                    session.id(),
                    "checkout_session",
                    session.url(),
                    session.mode(),
                    total == null ? null : total.decimal(),
                    total == null ? null : total.currency().code(),
                    session.expiresAt());
        }
    }

    private final CheckoutSessions sessions;
    private final Scopes scopes;

    CheckoutApi(CheckoutSessions sessions, Scopes scopes) {
        this.sessions = sessions;
        this.scopes = scopes;
    }

    @PostMapping("/v1/checkout-sessions")
    @Needs(KeyScope.CHECKOUT_SESSIONS_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createCheckoutSession",
            summary = "Make a Stripe Checkout page",
            description =
                    "For the partner's own prices: their products' 'partner' metadata names it, or"
                            + " nobody. The order follows by webhook once it is paid.")
    View create(Caller caller, StripeKey key, @RequestBody New wanted) {
        var target = scopes.target(caller, wanted.partner(), wanted.environment());
        return View.of(
                sessions.create(
                        target.partner(), target.environment(), checkout(wanted), key.value()));
    }

    private static NewCheckout checkout(New wanted) {
        return new NewCheckout(
                items(wanted),
                Given.required("success_url", wanted.successUrl()),
                wanted.cancelUrl(),
                wanted.customerEmail(),
                wanted.mode(),
                wanted.metadata() == null ? Map.of() : checked(wanted.metadata()),
                wanted.customFields() == null
                        ? List.of()
                        : wanted.customFields().stream().map(CheckoutApi::field).toList());
    }

    private static List<NewCheckout.Item> items(New wanted) {
        if (wanted.lineItems() == null) {
            return List.of(item(new Item(wanted.price(), wanted.quantity())));
        }
        if (wanted.price() != null || wanted.quantity() != null) {
            throw Refused.invalid(
                    "line_items_invalid", "give price and quantity, or line_items; not both");
        }
        return wanted.lineItems().stream().map(CheckoutApi::item).toList();
    }

    private static NewCheckout.Item item(@Nullable Item item) {
        if (item == null) {
            throw Refused.invalid("line_items_invalid", "line_items: objects with a price");
        }
        return new NewCheckout.Item(
                Given.required("price", item.price()),
                item.quantity() == null ? 1 : item.quantity());
    }

    private static Map<String, String> checked(Map<String, String> metadata) {
        metadata.forEach((key, value) -> {
            if (value == null) {
                throw Refused.invalid("metadata_invalid", "metadata: texts, not null");
            }
        });
        return metadata;
    }

    private static NewCheckout.Field field(@Nullable Question question) {
        if (question == null) {
            throw Refused.invalid("custom_field_invalid", "custom_fields: objects with a key");
        }
        String key = Given.required("custom_fields.key", question.key());
        return new NewCheckout.Field(
                key,
                Given.required("custom_fields.label", question.label()),
                question.type() == null ? "text" : question.type(),
                Boolean.TRUE.equals(question.optional()),
                question.options() == null ? Map.of() : options(key, question.options()));
    }

    private static Map<String, String> options(String key, List<Option> given) {
        Map<String, String> options = new LinkedHashMap<>();
        for (@Nullable Option option : given) {
            if (option == null) {
                throw Refused.invalid(
                        "custom_field_invalid", "custom_fields.options: objects with a value");
            }
            String value = Given.required("custom_fields.options.value", option.value());
            String label = Given.required("custom_fields.options.label", option.label());
            if (options.put(value, label) != null) {
                throw Refused.invalid(
                        "custom_field_invalid",
                        "custom_fields: two options of '"
                                + key
                                + "' have the value '"
                                + value
                                + "'; give each its own");
            }
        }
        return options;
    }
}
