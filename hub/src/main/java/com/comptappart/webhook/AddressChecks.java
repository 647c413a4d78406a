package com.comptappart.webhook;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Tries URLs with a call that nobody's secret signed: one that a good receiver refuses, and that
 * shows all the same whether its name, its address, its certificate and its server are right.
 */
@Repository
public class AddressChecks {

    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final PartnerCalls calls;
    private final JdbcClient jdbc;
    private final Clock clock;

    AddressChecks(PartnerCalls calls, JdbcClient jdbc, Clock clock) {
        this.calls = calls;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Tries a URL that is perhaps no endpoint yet; takes at most 8 seconds. */
    public AddressCheck check(PartnerId partner, String url) {
        var at = clock.instant();
        try {
            EndpointUrl.parse(url);
        } catch (Refused refused) {
            return new AddressCheck(url, at, AddressCheck.Step.FORM, refused.code(), null, 0);
        }
        var stranger = List.of(Signer.newSecret());
        var target = new Target(partner, "", url, stranger, null, LIMIT, false, false, null);
        String body = EndpointNotifications.pingBody(Ids.next(PublishedBodies.EVENT), at);
        try {
            var message = Message.signed(stranger, Ids.next("msg_check"), at, body);
            return result(url, calls.send(target, message));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static AddressCheck result(String url, Answer answer) {
        var diagnosis = answer.diagnosis();
        if (answer.status() > 0 && answer.error().isEmpty()) {
            return new AddressCheck(url, answer.at(), null, "", null, answer.status());
        }
        var step = diagnosis == null ? AddressCheck.Step.ANSWER : AddressCheck.Step.of(diagnosis);
        return new AddressCheck(url, answer.at(), step, answer.error(), diagnosis, answer.status());
    }

    /** Tries an endpoint's URL and remembers how it went. */
    public AddressCheck check(Endpoint endpoint) {
        var check = check(endpoint.partner(), endpoint.url());
        var failedAt = check.failedAt();
        var diagnosis = check.diagnosis();
        jdbc.sql(
                        """
                        insert into webhook_address_check (partner_id, endpoint_id, url, at, failed_at, problem, diagnosis, status)
                        values (:partner, :endpoint, :url, :at, :failed_at, :problem, :diagnosis, :status)
                        on conflict (partner_id, endpoint_id) do update
                        set url = excluded.url, at = excluded.at, failed_at = excluded.failed_at, problem = excluded.problem,
                            diagnosis = excluded.diagnosis, status = excluded.status
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("url", check.url())
                .param("at", check.at().atOffset(ZoneOffset.UTC))
                .param("failed_at", failedAt == null ? "" : failedAt.name())
                .param("problem", check.problem())
                .param("diagnosis", diagnosis == null ? "" : diagnosis.code())
                .param("status", check.status())
                .update();
        return check;
    }

    /** The last check of the URL that the endpoint has. */
    public Optional<AddressCheck> last(Endpoint endpoint) {
        return jdbc.sql(
                        """
                        select url, at, failed_at, problem, diagnosis, status
                        from webhook_address_check
                        where partner_id = :partner and endpoint_id = :endpoint and url = :url
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("url", endpoint.url())
                .query((row, number) ->
                        new AddressCheck(
                                row.getString("url"),
                                row.getTimestamp("at").toInstant(),
                                step(row.getString("failed_at")),
                                row.getString("problem"),
                                Diagnosis.of(row.getString("diagnosis")).orElse(null),
                                row.getInt("status")))
                .optional();
    }

    private static AddressCheck.@Nullable Step step(String stored) {
        return stored.isEmpty() ? null : AddressCheck.Step.valueOf(stored);
    }
}
