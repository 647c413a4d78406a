package com.comptappart.people;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit log: who did what, when and from where. */
@Repository
public class AuditLog {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An act as it is shown. */
    public record Entry(long id, Deed deed, Instant at) {}

    /**
     * What to look for; null asks nothing.
     *
     * @param partner null for all of them and what is the hub's
     * @param environment also finds acts that have none
     * @param kind what stands before the point of an act
     * @param until excluded
     */
    public record Filter(
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            @Nullable String actorId,
            @Nullable String kind,
            @Nullable Instant since,
            @Nullable Instant until) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Does it and writes it down, both or neither. */
    @Transactional
    public <T> T during(Supplier<T> act, Function<T, Deed> told) {
        T done = act.get();
        insert(told.apply(done));
        return done;
    }

    /** Writes down what was done, in the caller's transaction where there is one. */
    @Transactional
    public void write(Deed deed) {
        insert(deed);
    }

    private void insert(Deed deed) {
        var environment = deed.environment();
        jdbc.sql(
                        """
                        insert into audit_entry (partner_id, environment, actor_id, actor_name, kind, act, object, detail,
                            address, browser, at)
                        values (:partner, :environment, :actor, :name, :kind, :act, :object, :detail::jsonb,
                            :address, :browser, :now)
                        """)
                .param("partner", People.place(deed.partner()))
                .param("environment", environment == null ? "" : environment.code())
                .param("actor", deed.actor().id())
                .param("name", deed.actor().name())
                .param("kind", deed.kind())
                .param("act", deed.act())
                .param("object", deed.object())
                .param("detail", JSON.writeValueAsString(deed.detail()))
                .param("address", deed.actor().address())
                .param("browser", deed.actor().browser())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Newest first. */
    public Page<Entry> list(Filter filter, PageRequest page) {
        String place = filter.partner() == null ? null : filter.partner().value();
        var environment = filter.environment();
        var found =
                jdbc.sql(
                                """
                                select partner_id, entry_id, environment, actor_id, actor_name, act, object, detail::text as detail,
                                    address, browser, at
                                from audit_entry
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment in ('', :environment))
                                    and (:actor::text is null or actor_id = :actor)
                                    and (:kind::text is null or kind = :kind)
                                    and (:since::timestamptz is null or at >= :since)
                                    and (:until::timestamptz is null or at < :until)
                                    and (:after::bigint is null or (at, entry_id) < (:after_at::timestamptz, :after))
                                order by at desc, entry_id desc
                                limit :limit
                                """)
                        .param("partner", place)
                        .param("environment", environment == null ? null : environment.code())
                        .param("actor", filter.actorId())
                        .param("kind", filter.kind())
                        .param("since", utc(filter.since()))
                        .param("until", utc(filter.until()))
                        .param("after", page.after() == null ? null : number(page.after()))
                        .param("after_at", page.after() == null ? null : at(page.after()))
                        .param("limit", page.limit() + 1)
                        .query(AuditLog::entry)
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, Long.toString(shown.getLast().id()));
    }

    private OffsetDateTime at(String cursor) {
        return jdbc.sql("select at from audit_entry where entry_id = :id")
                .param("id", number(cursor))
                .query((row, number) -> row.getTimestamp("at").toInstant().atOffset(ZoneOffset.UTC))
                .optional()
                .orElseThrow(AuditLog::wrongCursor);
    }

    private static long number(String cursor) {
        if (!cursor.matches("[0-9]{1,18}")) {
            throw wrongCursor();
        }
        return Long.parseLong(cursor);
    }

    private static Refused wrongCursor() {
        return Refused.invalid(
                "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        var detail = new TreeMap<String, String>();
        JSON.readTree(row.getString("detail"))
                .forEachEntry((name, value) -> detail.put(name, value.asString()));
        String environment = row.getString("environment");
        var deed =
                new Deed(
                        new Deed.Actor(
                                row.getString("actor_id"),
                                row.getString("actor_name"),
                                row.getString("address"),
                                row.getString("browser")),
                        People.partner(row.getString("partner_id")),
                        environment.isEmpty() ? null : Environment.of(environment),
                        row.getString("act"),
                        row.getString("object"),
                        Map.copyOf(detail));
        return new Entry(row.getLong("entry_id"), deed, row.getTimestamp("at").toInstant());
    }
}
