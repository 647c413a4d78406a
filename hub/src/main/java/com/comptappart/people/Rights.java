package com.comptappart.people;

import com.comptappart.kernel.PartnerId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What someone may do, and where. A partner that is null stands for all of them at once. */
public record Rights(List<Membership> memberships) {

    /** Of who holds an operator key. */
    public static final Rights OF_OPERATOR =
            new Rights(List.of(new Membership(null, Role.ADMINISTRATOR)));

    public Rights {
        memberships = List.copyOf(memberships);
    }

    public boolean sees(@Nullable PartnerId partner) {
        return memberships.stream().anyMatch(each -> each.covers(partner));
    }

    public boolean seesAll() {
        return sees(null);
    }

    public boolean may(Act act, @Nullable PartnerId partner) {
        return memberships.stream()
                .filter(each -> each.covers(act.ofHub() ? null : partner))
                .anyMatch(each -> each.role().may(act));
    }

    /** The role there that may most; empty where nothing is seen. */
    public Optional<Role> role(@Nullable PartnerId partner) {
        return memberships.stream()
                .filter(each -> each.covers(partner))
                .map(Membership::role)
                .min(Role::compareTo);
    }

    /** The partners that one belongs to by name. */
    public List<PartnerId> partners() {
        return memberships.stream().map(Membership::partner).filter(Objects::nonNull).toList();
    }
}
