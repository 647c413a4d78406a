package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Recoveries;
import com.comptappart.webhook.Recovery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/webhook-endpoints/{id}/recover} and {@code /v1/recoveries}. */
@RestController
@Tag(name = "Recoveries", description = "What an endpoint did not get, sent again.")
class RecoveriesApi {

    @Schema(name = "Recover")
    record Wanted(
            @Schema(
                            description = "What was owed since then",
                            example = "2026-11-23T14:32:18Z",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable String since,
            @Schema(
                            description = "And before then; now unless given",
                            example = "2026-11-24T00:00:00Z")
                    @Nullable String until,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "failed and held unless given. failed: also what failed at endpoints of yours that were deleted,"
                                                            + " where no other took it; never a ping. missing: what this endpoint wants and was never"
                                                            + " owed, since it was made or got the type later; owed now, once, with the"
                                                            + " same event_id. subscription.* are missing only where another endpoint"
                                                            + " of yours was told"),
                            schema =
                                    @Schema(
                                            allowableValues = {"failed", "held", "missing"},
                                            example = "failed"))
                    @Nullable List<String> statuses,
            @Schema(
                            description = "How many go again in a second at most",
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "200")
                    @Nullable Integer perSecond,
            @Schema(
                            description = "Counts, and changes nothing",
                            defaultValue = "false",
                            example = "true")
                    @Nullable Boolean dryRun) {}

    private final Recoveries recoveries;
    private final Endpoints endpoints;
    private final Scopes scopes;
    private final Clock clock;
    private final Deeds deeds;

    RecoveriesApi(
            Recoveries recoveries, Endpoints endpoints, Scopes scopes, Clock clock, Deeds deeds) {
        this.deeds = deeds;
        this.recoveries = recoveries;
        this.endpoints = endpoints;
        this.scopes = scopes;
        this.clock = clock;
    }

    @PostMapping("/v1/webhook-endpoints/{id}/recover")
    @Needs(KeyScope.NOTIFICATIONS_WRITE)
    @ApiResponse(responseCode = "200", description = "Counted: a dry run, nothing is changed")
    @ApiResponse(responseCode = "202", description = "They are being sent again")
    @Operation(
            operationId = "recoverWebhookEndpoint",
            summary = "Send again what an endpoint did not get since a date",
            description =
                    "Each goes out again with the same id and body, at the pace that you choose. Get the recovery to see how"
                            + " far it is; stop it when you like. Each notification is sent again at most once by one recovery; the same recovery asked for"
                            + " again while it runs is refused (409 recovery_running).")
    ResponseEntity<RecoveredView> recover(
            Caller caller, @PathVariable("id") String id, @RequestBody Wanted wanted) {
        var wish = wish(wanted);
        var endpoint = WebhookEndpointsApi.find(endpoints, caller, id);
        if (Boolean.TRUE.equals(wanted.dryRun())) {
            return ResponseEntity.ok(RecoveredView.of(recoveries.found(endpoint, wish), null));
        }
        var started =
                deeds.of(caller, "notification.recovered", endpoint)
                        .done(() -> recoveries.start(endpoint, wish, caller.keyId()));
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .body(RecoveredView.of(started.found(), started.recovery()));
    }

    @GetMapping("/v1/recoveries")
    @Needs(KeyScope.NOTIFICATIONS_READ)
    @Operation(
            operationId = "listRecoveries",
            summary = "List recoveries",
            description = "Newest first.")
    ListView<RecoveryView> list(
            Caller caller,
            PageRequest page,
            @Parameter(description = "Operators: id or slug")
                    @RequestParam(name = "partner", required = false)
                    @Nullable String partner,
            @RequestParam(name = "environment", required = false) @Nullable String environment) {
        var scope = scopes.narrowed(caller, partner, environment);
        return ListView.of(
                recoveries.list(scope.partner(), scope.environment(), page), RecoveryView::of);
    }

    @GetMapping("/v1/recoveries/{id}")
    @Needs(KeyScope.NOTIFICATIONS_READ)
    @Operation(operationId = "getRecovery", summary = "Get a recovery, and how far it is")
    RecoveryView get(Caller caller, @PathVariable("id") String id) {
        return RecoveryView.of(find(caller, id));
    }

    @PostMapping("/v1/recoveries/{id}/stop")
    @Needs(KeyScope.NOTIFICATIONS_WRITE)
    @Operation(
            operationId = "stopRecovery",
            summary = "Stop a recovery",
            description =
                    "Nothing more of it is sent again; what was, stays so. One that has ended is answered as it is.")
    RecoveryView stop(Caller caller, @PathVariable("id") String id) {
        var found = find(caller, id);
        return RecoveryView.of(
                deeds.of(
                                caller,
                                "notification.recovery-stopped",
                                found.partner(),
                                found.environment(),
                                found.id())
                        .done(() -> recoveries.stop(found)));
    }

    private Recovery find(Caller caller, String id) {
        return recoveries
                .find(caller.onlyPartner(), caller.onlyEnvironment(), id)
                .orElseThrow(
                        () -> Refused.notFound("recovery_not_found", "there is no recovery " + id));
    }

    private Recovery.Wish wish(Wanted wanted) {
        var until = Given.timeOrNull("until", wanted.until());
        return new Recovery.Wish(
                Given.time("since", Given.required("since", wanted.since())),
                until == null ? clock.instant() : until,
                statuses(wanted.statuses()),
                wanted.perSecond() == null ? Recoveries.USUAL_PER_SECOND : wanted.perSecond());
    }

    private static Set<Recovery.Status> statuses(@Nullable List<String> given) {
        if (given == null) {
            return EnumSet.of(Recovery.Status.FAILED, Recovery.Status.HELD);
        }
        var found = EnumSet.noneOf(Recovery.Status.class);
        for (String each : given) {
            found.add(status(each));
        }
        return found;
    }

    private static Recovery.Status status(@Nullable String code) {
        for (var status : Recovery.Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(code)) {
                return status;
            }
        }
        throw Refused.invalid(
                "statuses_invalid", "statuses: at least one of failed, held, missing");
    }
}
