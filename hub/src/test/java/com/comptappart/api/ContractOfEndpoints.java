package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.api.CheckedCalls.Asked;

/** Endpoints, what they were told, and what they get again. */
final class ContractOfEndpoints extends ContractCalls {

    ContractOfEndpoints(ContractFacts facts, CheckedCalls calls) {
        super(facts, calls);
        endpoints();
        endpointCommands();
        recoveries();
        notifications();
    }

    private void endpoints() {
        of(
                "createWebhookEndpoint",
                () -> {
                    calls.post(
                            key,
                            ENDPOINTS,
                            """
                            {"url": "%s", "api_key": "%s", "event_types": ["order.created"], "description": "CRM",
                             "timeout_seconds": 5, "signature_schemes": ["v1", "v1a"], "rate_limit_per_second": 100}
                            """
                                    .formatted(facts.receiver.url("/made"), "k".repeat(32)));
                    refused(
                            400,
                            post(key, ENDPOINTS, "{\"url\": \"ftp://a.example\"}"),
                            "url_invalid");
                    refused(
                            400,
                            post(OPERATOR, ENDPOINTS, "{\"url\": \"https://a.example\"}"),
                            "field_missing");
                });
        of(
                "listWebhookEndpoints",
                () -> {
                    calls.get(key, ENDPOINTS + "?limit=2");
                    calls.get(OPERATOR, ENDPOINTS + "?partner=contrat&environment=staging");
                    refused(400, get(key, ENDPOINTS + "?environment=prod"), "environment_unknown");
                });
        of("getWebhookEndpoint", () -> calls.get(key, ENDPOINTS + "/" + facts.endpoint));
        of(
                "updateWebhookEndpoint",
                () -> {
                    String path = ENDPOINTS + "/" + facts.endpoint("/changed");
                    calls.ok(
                            patch(
                                    key,
                                    path,
                                    "{\"rate_limit_per_second\": 50, \"description\": \"X\"}"));
                    calls.ok(patch(key, path, "{\"rate_limit_per_second\": null}"));
                    refused(
                            400,
                            patch(key, path, "{\"timeout_seconds\": 31}"),
                            "timeout_seconds_invalid");
                });
        of(
                "deleteWebhookEndpoint",
                () -> calls.ok(delete(key, ENDPOINTS + "/" + facts.endpoint("/gone"))));
    }

    private void endpointCommands() {
        of(
                "pingWebhookEndpoint",
                () -> {
                    String path = ENDPOINTS + "/" + facts.endpoint("/pinged");
                    calls.ok(command(path, "ping"));
                    calls.ok(command(path, "pause"));
                    refused(409, command(path, "ping"), "endpoint_paused");
                });
        of(
                "rotateWebhookSecret",
                () -> {
                    String path = ENDPOINTS + "/" + facts.endpoint("/rotated") + "/rotate-secret";
                    calls.ok(Asked.of(key, "POST", path));
                    calls.post(key, path, "{\"overlap_hours\": 48}");
                    refused(
                            400,
                            post(key, path, "{\"overlap_hours\": 721}"),
                            "overlap_hours_invalid");
                });
        of(
                "revokeOldWebhookSecret",
                () ->
                        calls.ok(
                                command(
                                        ENDPOINTS + "/" + facts.endpoint("/revoked"),
                                        "revoke-old-secret")));
        of(
                "getWebhookPublicKey",
                () -> {
                    String path = ENDPOINTS + "/" + facts.endpoint("/signed");
                    refused(
                            404,
                            Asked.of(null, "GET", path + "/public-key"),
                            "public_key_not_found");
                    calls.ok(patch(key, path, "{\"signature_schemes\": [\"v1\", \"v1a\"]}"));
                    calls.ok(Asked.of(null, "GET", path + "/public-key"));
                    calls.get(key, path);
                });
        of(
                "pauseWebhookEndpoint",
                () -> calls.ok(command(ENDPOINTS + "/" + facts.endpoint("/paused"), "pause")));
        of(
                "resumeWebhookEndpoint",
                () -> {
                    String id = facts.endpoint("/resumed");
                    calls.ok(command(ENDPOINTS + "/" + id, "pause"));
                    calls.ok(command(ENDPOINTS + "/" + id, "resume"));
                    disable(id);
                    refused(409, command(ENDPOINTS + "/" + id, "resume"), "endpoint_disabled");
                });
        of(
                "enableWebhookEndpoint",
                () -> {
                    String id = facts.endpoint("/enabled");
                    disable(id);
                    calls.get(key, ENDPOINTS + "/" + id);
                    calls.ok(command(ENDPOINTS + "/" + id, "enable"));
                });
    }

    private void recoveries() {
        String recover = ENDPOINTS + "/" + facts.endpoint + "/recover";
        String since = "\"since\": \"2026-01-01T00:00:00Z\"";
        of(
                "recoverWebhookEndpoint",
                () -> {
                    calls.post(
                            key,
                            recover,
                            "{"
                                    + since
                                    + ", \"dry_run\": true, \"statuses\": [\"failed\", \"missing\"]}");
                    calls.post(
                            key, recover, "{" + since + ", \"until\": null, \"per_second\": 10}");
                    refused(400, post(key, recover, "{}"), "field_missing");
                    refused(
                            400,
                            post(key, recover, "{" + since + ", \"statuses\": [\"lost\"]}"),
                            "statuses_invalid");
                });
        of(
                "listRecoveries",
                () -> {
                    recovery(recover, since);
                    calls.get(key, "/v1/recoveries?limit=1");
                });
        of("getRecovery", () -> calls.get(key, "/v1/recoveries/" + recovery(recover, since)));
        of(
                "stopRecovery",
                () -> calls.ok(command("/v1/recoveries/" + recovery(recover, since), "stop")));
    }

    private void notifications() {
        String failed = "/v1/notifications/" + facts.failedNotification;
        of(
                "listNotifications",
                () -> {
                    calls.get(
                            key,
                            "/v1/notifications?limit=2&status=delivered&order_id="
                                    + id(facts.order));
                    calls.get(
                            OPERATOR,
                            "/v1/notifications?partner=contrat&environment=staging&status=pending");
                    refused(400, get(key, "/v1/notifications?status=lost"), "status_unknown");
                });
        of(
                "getNotification",
                () -> {
                    assertThat(calls.get(key, failed).at("/attempts/0/diagnosis/fr").asString())
                            .isNotEmpty();
                    calls.get(
                            key,
                            "/v1/notifications/"
                                    + facts.order.at("/notifications/0/id").asString());
                });
        of("replayNotification", () -> calls.ok(command(failed, "replay")));
        of(
                "listEvents",
                () -> {
                    var first = calls.get(key, "/v1/events?limit=1");
                    calls.get(key, "/v1/events?after=" + first.path("next_cursor").asString());
                    refused(400, get(key, "/v1/events?after=x"), "cursor_invalid");
                });
    }

    private String recovery(String recover, String since) {
        return calls.post(key, recover, "{" + since + "}").path("recovery").path("id").asString();
    }

    private void disable(String endpoint) {
        facts.hub
                .jdbc()
                .sql(
                        "update webhook_endpoint set state = 'disabled', disabled_reason = 'failing' where endpoint_id = :id")
                .param("id", endpoint)
                .update();
    }
}
