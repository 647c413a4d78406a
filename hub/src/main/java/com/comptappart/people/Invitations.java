package com.comptappart.people;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Asks people in. A link lets one person in once, within seven days. */
@Repository
public class Invitations {

    /** What an invitation's token begins with. */
    public static final String PREFIX = "invite";

    static final Duration VALIDITY = Duration.ofDays(7);
    private static final int MOST_OPEN = 100;

    /** Who invites: the id is kept, the name is told. */
    public record Inviter(String id, String name) {}

    private final JdbcClient jdbc;
    private final People people;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Invitations(JdbcClient jdbc, People people, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Owes the mail that asks someone in.
     *
     * @throws Refused when they are there already or asked already
     */
    @Transactional
    public Invitation invite(
            @Nullable PartnerId partner, EmailAddress email, Role role, Inviter by) {
        if (PartnerId.UNASSIGNED.equals(partner)) {
            throw Refused.notFound("team_not_found", "what belongs to no partner has no team");
        }
        if (people.members(partner).stream()
                .anyMatch(each -> each.person().email().equals(email))) {
            throw Refused.conflict("already_member", email + " is in this team already");
        }
        var open = open(partner);
        if (open.size() >= MOST_OPEN) {
            throw Refused.conflict(
                    "too_many_invitations",
                    "this team has " + MOST_OPEN + " open invitations: revoke some first");
        }
        var token = Token.next(PREFIX);
        Instant now = clock.instant();
        var made = new Invitation(Ids.next("inv"), partner, email, role, now, now.plus(VALIDITY));
        try {
            insert(made, token, by);
        } catch (DuplicateKeyException e) {
            throw Refused.conflict(
                    "already_invited",
                    email + " is invited already: send that invitation again, or revoke it");
        }
        events.publishEvent(new InvitationSent(made, by.name(), token.text()));
        return made;
    }

    private void insert(Invitation made, Token token, Inviter by) {
        jdbc.sql(
                        """
                        insert into invitation (partner_id, invitation_id, email, role, token_sha256, invited_by,
                            created_at, expires_at)
                        values (:partner, :id, :email, :role, :token, :by, :now, :until)
                        """)
                .param("partner", People.place(made.partner()))
                .param("id", made.id())
                .param("email", made.email().value())
                .param("role", made.role().code())
                .param("token", token.sha256())
                .param("by", by.id())
                .param("now", made.createdAt().atOffset(ZoneOffset.UTC))
                .param("until", made.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Those without an answer, the expired too; newest first. */
    public List<Invitation> open(@Nullable PartnerId partner) {
        return jdbc.sql(
                        """
                        select partner_id, invitation_id, email, role, created_at, expires_at
                        from invitation
                        where partner_id = :partner and accepted_at is null and revoked_at is null
                        order by created_at desc, invitation_id
                        limit :limit
                        """)
                .param("partner", People.place(partner))
                .param("limit", MOST_OPEN)
                .query(Invitations::invitation)
                .list();
    }

    /**
     * Sends another link, seven days long; the former no longer works.
     *
     * @throws Refused when there is no such open invitation
     */
    @Transactional
    public Invitation sendAgain(@Nullable PartnerId partner, String id, Inviter by) {
        var token = Token.next(PREFIX);
        Instant now = clock.instant();
        var again =
                jdbc.sql(
                                """
                                update invitation set token_sha256 = :token, expires_at = :until, invited_by = :by
                                where partner_id = :partner and invitation_id = :id
                                    and accepted_at is null and revoked_at is null
                                returning partner_id, invitation_id, email, role, created_at, expires_at
                                """)
                        .param("token", token.sha256())
                        .param("until", now.plus(VALIDITY).atOffset(ZoneOffset.UTC))
                        .param("by", by.id())
                        .param("partner", People.place(partner))
                        .param("id", id)
                        .query(Invitations::invitation)
                        .optional()
                        .orElseThrow(() -> unknown(id));
        events.publishEvent(new InvitationSent(again, by.name(), token.text()));
        return again;
    }

    /**
     * @throws Refused when there is no such open invitation
     */
    @Transactional
    public Invitation revoke(@Nullable PartnerId partner, String id) {
        return jdbc.sql(
                        """
                        update invitation set revoked_at = :now
                        where partner_id = :partner and invitation_id = :id
                            and accepted_at is null and revoked_at is null
                        returning partner_id, invitation_id, email, role, created_at, expires_at
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("partner", People.place(partner))
                .param("id", id)
                .query(Invitations::invitation)
                .optional()
                .orElseThrow(() -> unknown(id));
    }

    /** What the link of a mail opens, while it still does. */
    public Optional<Invitation> find(String token) {
        return jdbc.sql(
                        """
                        select partner_id, invitation_id, email, role, created_at, expires_at
                        from invitation
                        where token_sha256 = :token and accepted_at is null and revoked_at is null and expires_at > :now
                        """)
                .param("token", new Token(token).sha256())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Invitations::invitation)
                .optional();
    }

    /** Lets the reader of the mail in, once; empty where the link is used, revoked or too old. */
    @Transactional
    public Optional<Person> accept(String token, String name, String language) {
        Instant now = clock.instant();
        return jdbc.sql(
                        """
                        update invitation set accepted_at = :now
                        where token_sha256 = :token and accepted_at is null and revoked_at is null and expires_at > :now
                        returning partner_id, invitation_id, email, role, created_at, expires_at
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("token", new Token(token).sha256())
                .query(Invitations::invitation)
                .optional()
                .map(accepted ->
                        people.admit(
                                accepted,
                                name.isBlank() ? accepted.email().value() : name,
                                language))
                .filter(Person::mayComeIn);
    }

    private static Refused unknown(String id) {
        return Refused.notFound("invitation_not_found", "there is no open invitation " + id);
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        return new Invitation(
                row.getString("invitation_id"),
                People.partner(row.getString("partner_id")),
                new EmailAddress(row.getString("email")),
                Role.of(row.getString("role")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }
}
