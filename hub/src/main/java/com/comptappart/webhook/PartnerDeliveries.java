package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What each partner's endpoints have to get, for a list of partners. */
@Repository
public class PartnerDeliveries {

    private static final int MOST = 10_000;

    /**
     * Of one partner in one mode.
     *
     * @param waiting ten thousand at most, as are those that failed
     */
    public record State(long endpoints, long disabled, long waiting, long failed, long held) {}

    private final JdbcClient jdbc;

    PartnerDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Map<PartnerId, State> of(Collection<PartnerId> partners, Environment environment) {
        Map<PartnerId, State> states = new HashMap<>();
        jdbc.sql(
                        """
                        select given.partner_id, there.endpoints, there.disabled, (
                                select count(*)
                                from (
                                    select 1
                                    from webhook_notification n
                                    where n.partner_id = given.partner_id and n.state = 'pending' and n.environment = :environment
                                    limit :most) as pending) as waiting, unsent.failed, unsent.held
                        from unnest(:partners::text[]) as given (partner_id)
                        cross join lateral (
                            select count(*) as endpoints, count(*) filter (where e.state = 'disabled') as disabled
                            from webhook_endpoint e
                            where e.partner_id = given.partner_id and e.environment = :environment and e.state <> 'deleted') as there
                        cross join lateral (
                            select count(*) filter (where u.state = 'failed') as failed, count(*) filter (where u.state = 'held') as held
                            from (
                                select n.state
                                from webhook_notification n
                                where n.partner_id = given.partner_id and n.state in ('failed', 'held')
                                    and n.environment = :environment and n.event_type <> 'ping'
                                limit :most) as u) as unsent
                        """)
                .param("partners", Columns.texts(partners, PartnerId::value))
                .param("environment", environment.code())
                .param("most", MOST)
                .query((row, number) ->
                        states.put(
                                new PartnerId(row.getString("partner_id")),
                                new State(
                                        row.getLong("endpoints"),
                                        row.getLong("disabled"),
                                        row.getLong("waiting"),
                                        row.getLong("failed"),
                                        row.getLong("held"))))
                .list();
        return states;
    }
}
