package com.comptappart.api;

import com.comptappart.partner.ApiKeys;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API key as the API shows it: never the key itself. */
@Schema(name = "ApiKey")
record ApiKeyView(
        @Schema(example = "key_4eC39HqLyjWDarjtT1zdp7dc") String id,
        @Schema(allowableValues = "api_key") String object,
        @Schema(description = "The partner's id") String partner,
        String environment,
        @Schema(description = SCOPES, example = SOME) @Nullable List<String> scopes,
        @Schema(
                        description = "What it is for; empty where nobody said",
                        example = "Export comptable")
                String description,
        Instant createdAt,
        @Schema(description = "To the minute; null while unused") @Nullable Instant lastUsedAt,
        @Schema(description = "Null while the key is live") @Nullable Instant revokedAt) {

    private static final String SCOPES =
            "What the key may do; null: all that a partner's key may, also what comes later";

    private static final String SOME = "[\"invoices:read\", \"orders:read\"]";

    /** A key at the one moment when it can be shown. */
    @Schema(name = "NewApiKey")
    record Created(
            @Schema(example = "key_4eC39HqLyjWDarjtT1zdp7dc") String id,
            @Schema(allowableValues = "api_key") String object,
            @Schema(
                            description = "The key, shown this once",
                            example = "ca_production_7Yq0dL2nV5xKpW8sTgR3bZ1c")
                    String key,
            @Schema(description = "The partner's id") String partner,
            String environment,
            @Schema(description = SCOPES, example = SOME) @Nullable List<String> scopes,
            @Schema(
                            description = "What it is for; empty where nobody said",
                            example = "Export comptable")
                    String description,
            Instant createdAt) {

        static Created of(ApiKeys.Created key) {
            return new Created(
                    key.id(),
                    "api_key",
                    key.key(),
                    key.as().partner().value(),
                    key.as().environment().code(),
                    key.as().scopes().codes(),
                    key.as().description(),
                    key.createdAt());
        }
    }

    static ApiKeyView of(ApiKeys.Kept key) {
        return new ApiKeyView(
                key.id(),
                "api_key",
                key.as().partner().value(),
                key.as().environment().code(),
                key.as().scopes().codes(),
                key.as().description(),
                key.createdAt(),
                key.lastUsedAt(),
                key.revokedAt());
    }
}
