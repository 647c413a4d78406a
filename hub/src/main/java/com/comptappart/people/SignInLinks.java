package com.comptappart.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Links that let a known person in, once, within a quarter of an hour. */
@Repository
public class SignInLinks {

    /** What a link's token begins with. */
    public static final String PREFIX = "link";

    public static final Duration VALIDITY = Duration.ofMinutes(15);

    /** More in a quarter of an hour would only fill the person's mailbox. */
    static final int MOST_AT_ONCE = 3;

    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final People people;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SignInLinks(JdbcClient jdbc, People people, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Owes the mail with a link where the address is that of someone who may come in; does nothing,
     * and says nothing, where not.
     *
     * @param to the page that was wanted, empty for none
     */
    @Transactional
    public void ask(EmailAddress email, String to) {
        people.find(email).filter(Person::mayComeIn).ifPresent(person -> send(person, to));
    }

    private void send(Person person, String to) {
        Instant now = clock.instant();
        // One at a time for a person, so that the count holds.
        jdbc.sql("select 1 from person where person_id = :person for update")
                .param("person", person.id())
                .query(Integer.class)
                .single();
        jdbc.sql("delete from sign_in_link where person_id = :person and expires_at < :old")
                .param("person", person.id())
                .param("old", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
        int recent =
                jdbc.sql(
                                """
                                select count(*) from sign_in_link
                                where person_id = :person and created_at > :since
                                """)
                        .param("person", person.id())
                        .param("since", now.minus(VALIDITY).atOffset(ZoneOffset.UTC))
                        .query(Integer.class)
                        .single();
        if (recent >= MOST_AT_ONCE) {
            return;
        }
        var token = Token.next(PREFIX);
        jdbc.sql(
                        """
                        insert into sign_in_link (token_sha256, person_id, created_at, expires_at)
                        values (:token, :person, :now, :until)
                        """)
                .param("token", token.sha256())
                .param("person", person.id())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(VALIDITY).atOffset(ZoneOffset.UTC))
                .update();
        events.publishEvent(new SignInLinkSent(person, to, token.text(), now.plus(VALIDITY)));
    }

    /** Whether the link would still let someone in. */
    public boolean opens(String token) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from sign_in_link
                            where token_sha256 = :token and used_at is null and expires_at > :now)
                        """)
                .param("token", new Token(token).sha256())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Lets the reader of the mail in, once. */
    @Transactional
    public Optional<Person> use(String token) {
        Instant now = clock.instant();
        return jdbc.sql(
                        """
                        update sign_in_link set used_at = :now
                        where token_sha256 = :token and used_at is null and expires_at > :now
                        returning person_id
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("token", new Token(token).sha256())
                .query(String.class)
                .optional()
                .flatMap(people::find)
                .filter(Person::mayComeIn);
    }
}
