package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
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
                            allowableValues = {"staging", "production"})
                    @Nullable String environment) {}

    private final ApiKeys keys;
    private final Scopes scopes;

    ApiKeysApi(ApiKeys keys, Scopes scopes) {
        this.keys = keys;
        this.scopes = scopes;
    }

    @PostMapping("/v1/partners/{id}/api-keys")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createApiKey",
            summary = "Make an API key",
            description = "The answer shows the key; nothing shows it again.")
    ApiKeyView.Created create(
            Caller caller, @PathVariable("id") String id, @RequestBody New wanted) {
        var partner = scopes.visible(caller, id);
        var target = scopes.target(caller, partner.value(), wanted.environment());
        return ApiKeyView.Created.of(keys.create(target.partner(), target.environment()));
    }

    @GetMapping("/v1/partners/{id}/api-keys")
    @Operation(
            operationId = "listApiKeys",
            summary = "List a partner's API keys",
            description = "Oldest first, revoked ones too, with their last use.")
    ListView<ApiKeyView> list(Caller caller, @PathVariable("id") String id, PageRequest page) {
        var partner = scopes.visible(caller, id);
        return ListView.of(keys.list(partner, caller.onlyEnvironment(), page), ApiKeyView::of);
    }

    @DeleteMapping("/v1/api-keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key",
            description = "The key is dead at once, everywhere.")
    void revoke(Caller caller, @PathVariable("id") String id) {
        keys.revoke(caller, id);
    }
}
