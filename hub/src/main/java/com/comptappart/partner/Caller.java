package com.comptappart.partner;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import org.jspecify.annotations.Nullable;

/** Who calls the API, as the key told. Controllers take it as a parameter. */
public sealed interface Caller {

    /** Holds a {@code ca_operator_…} key: sees every partner and both environments. */
    record Operator(String keyId) implements Caller {}

    /** Holds a partner's key: sees that partner in that environment and nothing else. */
    record PartnerKey(String keyId, PartnerId partner, Environment environment) implements Caller {}

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

    /**
     * The partner that a write is for: the key's own, or the one that the operator names.
     *
     * @throws Refused when the operator names none, or a partner names another
     */
    default PartnerId writesFor(@Nullable String named) {
        return switch (this) {
            case Operator _ -> {
                if (named == null || named.isBlank()) {
                    throw Refused.invalid(
                            "partner_missing",
                            "an operator key must name the partner: add \"partner\"");
                }
                yield new PartnerId(named);
            }
            case PartnerKey key -> {
                if (named != null && !named.equals(key.partner().value())) {
                    throw Refused.invalid(
                            "partner_not_yours",
                            "leave \"partner\" out: a partner's key acts for itself");
                }
                yield key.partner();
            }
        };
    }
}
