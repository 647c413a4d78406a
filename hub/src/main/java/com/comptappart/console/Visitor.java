package com.comptappart.console;

import com.comptappart.people.Act;
import com.comptappart.people.Invitations;
import com.comptappart.people.Person;
import com.comptappart.people.Rights;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a page: a person, or whoever holds an operator key. Handlers take it as a parameter.
 *
 * @param id {@code user_…} or {@code key_…}
 * @param name empty for a key's holder
 * @param person null for a key's holder
 */
record Visitor(String id, String name, Rights rights, @Nullable Person person) {

    static Visitor of(Person person) {
        return new Visitor(person.id(), person.name(), person.rights(), person);
    }

    static Visitor holding(String keyId) {
        return new Visitor(keyId, "", Rights.OF_OPERATOR, null);
    }

    boolean may(Act act, Place place) {
        return rights.may(act, place.partner());
    }

    /** As whom the visitor invites. */
    Invitations.Inviter inviter(Words words) {
        return new Invitations.Inviter(id, shown(words));
    }

    String shown(Words words) {
        return name.isEmpty() ? words.text("people.operator") : name;
    }
}
