package com.comptappart.console;

import com.comptappart.people.People;
import com.comptappart.people.Person;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.stereotype.Component;

/** People as passkeys know them: nothing of their own is stored. */
@Component
class PersonEntities implements PublicKeyCredentialUserEntityRepository {

    private final People people;

    PersonEntities(People people) {
        this.people = people;
    }

    static Bytes handle(String personId) {
        return new Bytes(personId.getBytes(StandardCharsets.UTF_8));
    }

    static String personId(Bytes handle) {
        return new String(handle.getBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
        return entity(people.find(personId(id)));
    }

    /** By the name that the session knows, which is the person's id. */
    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String username) {
        return entity(people.find(username));
    }

    private static @Nullable PublicKeyCredentialUserEntity entity(Optional<Person> found) {
        return found.map(person ->
                        ImmutablePublicKeyCredentialUserEntity.builder()
                                .id(handle(person.id()))
                                .name(person.email().value())
                                .displayName(person.name())
                                .build())
                .orElse(null);
    }

    @Override
    public void save(PublicKeyCredentialUserEntity entity) {
        throw new UnsupportedOperationException("people come in by invitation");
    }

    @Override
    public void delete(Bytes id) {
        throw new UnsupportedOperationException("people are disabled, never deleted");
    }
}
