package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.partner.KeyScopes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A partner's keys. */
@RestController
@Tag(
        name = "API keys",
        description =
                "One partner, one environment each. A partner's key sees and makes keys of its own environment only.")
class ApiKeysApi {

    @Schema(name = "ApiKeyWanted")
    record New(
            @Schema(
                            description = "Required of operators; a partner's key may leave it out",
                            allowableValues = {"staging", "production"},
                            example = "production")
                    @Nullable String environment,
            @Schema(
                            description =
                                    "What the key may do; left out: all that a partner's key may. A :write takes the"
                                            + " :read of the same in",
                            example = "[\"invoices:read\", \"orders:read\"]")
                    @Nullable List<@Nullable String> scopes,
            @Schema(
                            description = "What it is for, in your words",
                            maxLength = 200,
                            example = "Export comptable")
                    @Nullable String description) {}

    private final ApiKeys keys;
    private final Scopes scopes;
    private final Deeds deeds;

    ApiKeysApi(ApiKeys keys, Scopes scopes, Deeds deeds) {
        this.deeds = deeds;
        this.keys = keys;
        this.scopes = scopes;
    }

    @PostMapping("/v1/partners/{id}/api-keys")
    @Needs(KeyScope.API_KEYS_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createApiKey",
            summary = "Make an API key",
            description =
                    "The answer shows the key; nothing shows it again. A key makes none that may do more than itself:"
                            + " one with scopes must name some of its own.")
    ApiKeyView.Created create(
            Caller caller, @PathVariable("id") String id, @RequestBody New wanted) {
        var partner = scopes.visible(caller, id);
        var target = scopes.target(caller, partner.value(), wanted.environment());
        var wish =
                new ApiKeys.Wanted(
                        target.partner(),
                        target.environment(),
                        KeyScopes.of(wanted.scopes()),
                        wanted.description() == null ? "" : wanted.description().strip());
        return ApiKeyView.Created.of(
                deeds.of(caller, "api-key.created", target.partner(), target.environment(), "")
                        .done(() -> keys.create(caller, wish), (deed, made) -> deed.on(made.id())));
    }

    @GetMapping("/v1/partners/{id}/api-keys")
    @Needs(KeyScope.API_KEYS_READ)
    @Operation(
            operationId = "listApiKeys",
            summary = "List a partner's API keys",
            description = "Oldest first, revoked ones too, with their last use.")
    ListView<ApiKeyView> list(Caller caller, @PathVariable("id") String id, PageRequest page) {
        var partner = scopes.visible(caller, id);
        return ListView.of(keys.list(partner, caller.onlyEnvironment(), page), ApiKeyView::of);
    }

    @DeleteMapping("/v1/api-keys/{id}")
    @Needs(KeyScope.API_KEYS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key",
            description =
                    "The key is dead at once, everywhere. A key with scopes revokes none that may do more than itself.")
    void revoke(Caller caller, @PathVariable("id") String id) {
        deeds.of(caller, "api-key.revoked", null, null, id)
                .done(
                        () -> keys.revoke(caller, id),
                        (deed, whose) -> deed.at(whose.partner(), whose.environment()));
    }
}
