package com.comptappart.people;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Where people and their roles are kept. A partner that is null stands for the whole hub. */
@Repository
public class People {

    /** Stands for the whole hub where a partner's id would be. */
    static final String HUB = "*";

    private static final int LARGEST_TEAM = 200;
    private static final int LONGEST_NAME = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    People(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    static String place(@Nullable PartnerId partner) {
        return partner == null ? HUB : partner.value();
    }

    static @Nullable PartnerId partner(String place) {
        return HUB.equals(place) ? null : new PartnerId(place);
    }

    public Optional<Person> find(String id) {
        return find(id, null);
    }

    public Optional<Person> find(EmailAddress email) {
        return find(null, email.value());
    }

    private Optional<Person> find(@Nullable String id, @Nullable String email) {
        return jdbc.sql(
                        """
                        select p.person_id, p.email, p.name, p.language, p.created_at, p.disabled_at,
                            array(select m.partner_id || ' ' || m.role from membership m
                                where m.person_id = p.person_id order by m.created_at, m.partner_id) as memberships
                        from person p
                        where p.person_id = :id or p.email = :email
                        """)
                .param("id", id)
                .param("email", email)
                .query(People::person)
                .optional();
    }

    /** Anyone who could ever sign in: without, only the operator's key opens. */
    public boolean any() {
        return jdbc.sql("select exists (select 1 from membership)").query(Boolean.class).single();
    }

    /** Who belongs to that partner by name, or to the hub; by name. */
    public List<Member> members(@Nullable PartnerId partner) {
        return jdbc.sql(
                        """
                        select p.person_id, p.email, p.name, p.language, p.created_at, p.disabled_at,
                            array[m.partner_id || ' ' || m.role] as memberships, m.created_at as since
                        from membership m join person p on p.person_id = m.person_id
                        where m.partner_id = :partner
                        order by lower(p.name), p.person_id
                        limit :limit
                        """)
                .param("partner", place(partner))
                .param("limit", LARGEST_TEAM)
                .query(People::member)
                .list();
    }

    /** Who can give a role there; of the hub where the partner has nobody. */
    public List<Person> administrators(@Nullable PartnerId partner) {
        var found =
                members(partner).stream()
                        .filter(each -> each.role() == Role.ADMINISTRATOR)
                        .map(Member::person)
                        .filter(each -> each.disabledAt() == null)
                        .toList();
        return found.isEmpty() && partner != null ? administrators(null) : found;
    }

    /** That person of that team. */
    public Optional<Member> member(@Nullable PartnerId partner, String personId) {
        return members(partner).stream()
                .filter(each -> each.person().id().equals(personId))
                .findFirst();
    }

    /**
     * @throws Refused when the person is not of that team, or is its last administrator
     */
    @Transactional
    public void changeRole(@Nullable PartnerId partner, String personId, Role role) {
        if (role != Role.ADMINISTRATOR) {
            keepAnAdministrator(partner, personId);
        }
        int changed =
                jdbc.sql(
                                """
                                update membership set role = :role
                                where partner_id = :partner and person_id = :person
                                """)
                        .param("role", role.code())
                        .param("partner", place(partner))
                        .param("person", personId)
                        .update();
        known(changed, personId);
    }

    /**
     * @throws Refused when the person is not of that team, or is its last administrator
     */
    @Transactional
    public void remove(@Nullable PartnerId partner, String personId) {
        keepAnAdministrator(partner, personId);
        int changed =
                jdbc.sql(
                                """
                                delete from membership
                                where partner_id = :partner and person_id = :person
                                """)
                        .param("partner", place(partner))
                        .param("person", personId)
                        .update();
        known(changed, personId);
    }

    /** Locks the team's administrators, so that two can't remove each other at once. */
    private void keepAnAdministrator(@Nullable PartnerId partner, String leaving) {
        var administrators =
                jdbc.sql(
                                """
                                select m.person_id
                                from membership m join person p on p.person_id = m.person_id
                                where m.partner_id = :partner and m.role = 'administrator' and p.disabled_at is null
                                order by m.person_id
                                for update
                                """)
                        .param("partner", place(partner))
                        .query(String.class)
                        .list();
        if (administrators.equals(List.of(leaving))) {
            throw Refused.conflict(
                    "last_administrator",
                    "a team keeps one administrator: make another person administrator first");
        }
    }

    /** Ends the person's access everywhere, or gives it back. */
    @Transactional
    public void disable(String personId, boolean disabled) {
        int changed =
                jdbc.sql(
                                """
                                update person set disabled_at = case when :disabled then coalesce(disabled_at, :now) end
                                where person_id = :person
                                """)
                        .param("disabled", disabled)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("person", personId)
                        .update();
        known(changed, personId);
    }

    /**
     * @throws Refused when the name is empty or too long
     */
    @Transactional
    public void rename(String personId, String name, String language) {
        int changed =
                jdbc.sql(
                                """
                                update person set name = :name, language = :language
                                where person_id = :person
                                """)
                        .param("name", checkedName(name))
                        .param("language", "en".equals(language) ? "en" : "fr")
                        .param("person", personId)
                        .update();
        known(changed, personId);
    }

    /** Makes the person known, or finds who has the address; gives them the role there. */
    Person admit(Invitation invitation, String name, String language) {
        Instant now = clock.instant();
        String id =
                jdbc.sql(
                                """
                                insert into person (person_id, email, name, language, created_at)
                                values (:id, :email, :name, :language, :now)
                                on conflict (email) do update set email = excluded.email
                                returning person_id
                                """)
                        .param("id", Ids.next(Person.PREFIX))
                        .param("email", invitation.email().value())
                        .param("name", checkedName(name))
                        .param("language", "en".equals(language) ? "en" : "fr")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .query(String.class)
                        .single();
        jdbc.sql(
                        """
                        insert into membership (partner_id, person_id, role, created_at)
                        values (:partner, :person, :role, :now)
                        on conflict (partner_id, person_id) do nothing
                        """)
                .param("partner", place(invitation.partner()))
                .param("person", id)
                .param("role", invitation.role().code())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return find(id).orElseThrow();
    }

    private static void known(int changed, String personId) {
        if (changed == 0) {
            throw Refused.notFound("person_not_found", "there is no " + personId + " here");
        }
    }

    private static String checkedName(String name) {
        String clean = name.replaceAll("\\p{Cntrl}+", " ").strip();
        if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
            throw Refused.invalid("name_invalid", "name: 1 to 100 characters");
        }
        return clean;
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        var person = person(row, number);
        return new Member(
                person,
                person.rights().memberships().getFirst().role(),
                row.getTimestamp("since").toInstant());
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        var memberships = new ArrayList<Membership>();
        for (String each : (String[]) row.getArray("memberships").getArray()) {
            int split = each.indexOf(' ');
            memberships.add(
                    new Membership(
                            partner(each.substring(0, split)), Role.of(each.substring(split + 1))));
        }
        @Nullable Timestamp disabledAt = row.getTimestamp("disabled_at");
        return new Person(
                row.getString("person_id"),
                new EmailAddress(row.getString("email")),
                row.getString("name"),
                row.getString("language"),
                row.getTimestamp("created_at").toInstant(),
                disabledAt == null ? null : disabledAt.toInstant(),
                new Rights(memberships));
    }
}
