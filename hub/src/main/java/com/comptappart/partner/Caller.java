package com.comptappart.partner;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import org.jspecify.annotations.Nullable;

/** Who calls the API, as the key told. Controllers take it as a parameter. */
public sealed interface Caller {

    /** Holds a {@code ca_operator_…} key: sees every partner and both environments. */
    record Operator(String keyId) implements Caller {}

    /**
     * Holds a partner's key: sees that partner in that environment and nothing else.
     *
     * @param scopes what of it the key may do
     */
    record PartnerKey(String keyId, PartnerId partner, Environment environment, KeyScopes scopes)
            implements Caller {}

    /** Which key called, {@code key_…}. */
    String keyId();

    /** Whether the key may do that. */
    default boolean may(KeyScope wanted) {
        return scopes().allow(wanted);
    }

    /** What the key may do; an operator's everything. */
    default KeyScopes scopes() {
        return switch (this) {
            case Operator _ -> KeyScopes.ALL;
            case PartnerKey key -> key.scopes();
        };
    }

    /** The only partner that may be seen; null for the operator, who sees all. */
    default @Nullable PartnerId onlyPartner() {
        return switch (this) {
            case Operator _ -> null;
            case PartnerKey key -> key.partner();
        };
    }

    /** The only environment that may be seen; null for the operator, who sees both. */
    default @Nullable Environment onlyEnvironment() {
        return switch (this) {
            case Operator _ -> null;
            case PartnerKey key -> key.environment();
        };
    }
}
