package com.comptappart.partner;

import com.comptappart.kernel.Refused;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a partner's key may do.
 *
 * @param only null for whatever a partner's key may, also what comes later
 */
public record KeyScopes(@Nullable List<KeyScope> only) {

    public static final KeyScopes ALL = new KeyScopes(null);

    public KeyScopes {
        only = only == null ? null : only.stream().sorted().distinct().toList();
    }

    /**
     * @param codes null for all
     * @throws Refused when there are none or an unknown one
     */
    public static KeyScopes of(@Nullable Collection<@Nullable String> codes) {
        if (codes == null) {
            return ALL;
        }
        if (codes.isEmpty()) {
            throw Refused.invalid(
                    "scopes_invalid", "scopes: name at least one, or leave it out for all");
        }
        return new KeyScopes(codes.stream().map(KeyScope::of).toList());
    }

    public boolean allow(KeyScope wanted) {
        return only == null || only.stream().anyMatch(each -> each.includes(wanted));
    }

    /** Whether the others allow nothing that these don't. */
    boolean allowAllOf(KeyScopes others) {
        return only == null || (others.only != null && others.only.stream().allMatch(this::allow));
    }

    /** Their words; null where everything is allowed. */
    public @Nullable List<String> codes() {
        return only == null ? null : only.stream().map(KeyScope::code).toList();
    }

    /** Their words and those of what each takes in; null where everything is allowed. */
    @Nullable List<String> codesWithIncluded() {
        return only == null
                ? null
                : Stream.of(KeyScope.values()).filter(this::allow).map(KeyScope::code).toList();
    }

    /** As a sentence has it: {@code orders:read, refunds:write}. */
    @Override
    public String toString() {
        return only == null
                ? "all scopes"
                : only.stream().map(KeyScope::code).collect(Collectors.joining(", "));
    }
}
