package com.comptappart.people;

import com.comptappart.kernel.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person is to a partner, or to the whole hub. What each may do is in {@link Act}. */
public enum Role {
    ADMINISTRATOR,
    MANAGEMENT,
    DEVELOPER,
    READER;

    /**
     * @throws Refused when there is no such role
     */
    public static Role of(@Nullable String code) {
        return Arrays.stream(values())
                .filter(role -> role.code().equals(code))
                .findFirst()
                .orElseThrow(
                        () -> Refused.invalid("role_unknown", "there is no role '" + code + "'"));
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean may(Act act) {
        return act.roles().contains(this);
    }

    /** From the one who may most to the one who may least. */
    public static List<Role> all() {
        return List.of(values());
    }
}
