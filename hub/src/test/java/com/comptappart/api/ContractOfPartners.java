package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

/** Partners and their keys. */
final class ContractOfPartners extends ContractCalls {

    ContractOfPartners(ContractFacts facts, CheckedCalls calls) {
        super(facts, calls);
        partners();
        keys();
    }

    private void partners() {
        String one = "/v1/partners/" + facts.partner;
        of(
                "createPartner",
                () -> {
                    String body =
                            """
                            {"name": "Nouveau", "slug": "nouveau", "contact_email": "it@nouveau.example", "locale": "fr",
                             "brand": {"primary_color": "#1f4e79"}}
                            """;
                    var made = calls.post(OPERATOR, "/v1/partners", body);
                    assertThat(calls.get(OPERATOR, "/v1/partners/nouveau")).isEqualTo(made);
                    refused(409, post(OPERATOR, "/v1/partners", body), "slug_taken");
                    refused(400, post(OPERATOR, "/v1/partners", "{}"), "field_missing");
                });
        of(
                "listPartners",
                () -> {
                    calls.get(OPERATOR, "/v1/partners?limit=1");
                    refused(400, get(OPERATOR, "/v1/partners?after=none"), "cursor_invalid");
                    refused(400, get(OPERATOR, "/v1/partners?limit=0"), "limit_out_of_range");
                });
        of("getPartner", () -> calls.get(OPERATOR, "/v1/partners/" + ContractFacts.SLUG));
        of(
                "updatePartner",
                () -> {
                    calls.ok(patch(OPERATOR, one, "{\"locale\": \"fr\", \"name\": null}"));
                    refused(400, patch(OPERATOR, one, "{\"slug\": \"x\"}"), "field_unknown");
                });
    }

    private void keys() {
        String keys = "/v1/partners/" + facts.partner + "/api-keys";
        of(
                "createApiKey",
                () -> {
                    var asked =
                            post(
                                            OPERATOR,
                                            keys,
                                            """
                                            {"environment": "staging", "scopes": ["orders:read"], "description": "Lecture"}
                                            """)
                                    .with("Idempotency-Key", "contract");
                    var first = calls.send(asked);
                    var again = calls.send(asked);
                    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
                    assertThat(again.body()).isEqualTo(first.body());
                    refused(
                            409,
                            asked.body("{\"environment\": \"production\"}"),
                            "idempotency_key_reused");
                    refused(
                            400,
                            asked.with("Idempotency-Key", "k".repeat(256)),
                            "idempotency_key_invalid");
                    refused(400, post(key, keys, "{\"scopes\": [\"all\"]}"), "scope_unknown");
                    String narrow =
                            calls.post(key, keys, "{\"scopes\": [\"api_keys:write\"]}")
                                    .path("key")
                                    .asString();
                    refused(403, post(narrow, keys, "{}"), "scopes_exceeded");
                });
        of(
                "listApiKeys",
                () -> {
                    calls.get(key, keys);
                    calls.get(OPERATOR, keys + "?limit=1");
                });
        of(
                "revokeApiKey",
                () -> {
                    String made = calls.post(key, keys, "{}").path("id").asString();
                    calls.ok(delete(key, "/v1/api-keys/" + made));
                    refused(404, delete(key, "/v1/api-keys/" + made), "api_key_not_found");
                });
    }
}
