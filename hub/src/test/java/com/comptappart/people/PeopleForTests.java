package com.comptappart.people;

import com.comptappart.kernel.PartnerId;
import com.comptappart.testing.HubForTests;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** People who are there already, for tests that are about something else. */
public final class PeopleForTests {

    private PeopleForTests() {}

    /** Someone with a role with that partner, null for the whole hub. */
    public static Person person(
            HubForTests hub, String email, @Nullable PartnerId partner, Role role) {
        var now = Instant.EPOCH;
        var invitation =
                new Invitation("inv_test", partner, new EmailAddress(email), role, now, now);
        return new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .execute(status -> hub.bean(People.class).admit(invitation, email, "fr"));
    }

    /** The token of a link that lets the person in once. */
    public static String link(HubForTests hub, Person person) {
        var token = Token.next(SignInLinks.PREFIX);
        hub.jdbc()
                .sql(
                        """
                        insert into sign_in_link (token_sha256, person_id, created_at, expires_at)
                        values (:token, :person, :now::timestamptz - interval '1 hour', :now::timestamptz + interval '15 minutes')
                        """)
                .param("token", token.sha256())
                .param("person", person.id())
                .param("now", hub.bean(Clock.class).instant().atOffset(ZoneOffset.UTC))
                .update();
        return token.text();
    }
}
