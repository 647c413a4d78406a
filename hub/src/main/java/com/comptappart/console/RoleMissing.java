package com.comptappart.console;

import com.comptappart.people.Act;
import org.jspecify.annotations.Nullable;

/**
 * The visitor sees the place but may not do this there.
 *
 * @see RoleCheck
 */
final class RoleMissing extends RuntimeException {

    private final transient Act act;
    private final transient @Nullable Place place;

    RoleMissing(Act act, @Nullable Place place) {
        super(act.name());
        this.act = act;
        this.place = place;
    }

    Act act() {
        return act;
    }

    @Nullable Place place() {
        return place;
    }
}
