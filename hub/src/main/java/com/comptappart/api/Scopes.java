package com.comptappart.api;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.Partners;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides for whom a call reads or writes. */
@Component
class Scopes {

    private final Partners partners;

    Scopes(Partners partners) {
        this.partners = partners;
    }

    /** Whose things a write makes, where both are known. */
    record Target(PartnerId partner, Environment environment) {}

    /**
     * A read narrowed by {@code ?partner=} and {@code ?environment=}; a partner's key may only name
     * what it sees anyway.
     */
    Scope narrowed(Caller caller, @Nullable String partner, @Nullable String environment) {
        return switch (caller) {
            case Caller.Operator _ ->
                    new Scope(
                            partner == null ? null : readable(partner),
                            Given.environmentOrNull(environment));
            case Caller.PartnerKey key -> {
                own(key, partner);
                own(key, Given.environmentOrNull(environment));
                yield Scope.of(caller);
            }
        };
    }

    /**
     * @throws Refused when an operator names no partner or environment, or a partner another's
     */
    Target target(Caller caller, @Nullable String partner, @Nullable String environment) {
        return switch (caller) {
            case Caller.Operator _ -> {
                Given.allOf(
                        Given.field("partner", partner), Given.field("environment", environment));
                yield new Target(
                        named(Given.required("partner", partner)),
                        Environment.of(Given.required("environment", environment)));
            }
            case Caller.PartnerKey key -> {
                own(key, partner);
                own(key, Given.environmentOrNull(environment));
                yield new Target(key.partner(), key.environment());
            }
        };
    }

    /** The partner of a path, if the caller may see it. */
    PartnerId visible(Caller caller, String idOrSlug) {
        return partners.resolve(idOrSlug)
                .filter(id -> caller.onlyPartner() == null || id.equals(caller.onlyPartner()))
                .orElseThrow(() ->
                        Refused.notFound("partner_not_found", "there is no partner " + idOrSlug));
    }

    private void own(Caller.PartnerKey key, @Nullable String partner) {
        if (partner != null && !partners.resolve(partner).equals(Optional.of(key.partner()))) {
            throw Refused.invalid(
                    "partner_not_yours", "leave 'partner' out: a partner's key acts for itself");
        }
    }

    private static void own(Caller.PartnerKey key, @Nullable Environment environment) {
        if (environment != null && environment != key.environment()) {
            throw Refused.invalid(
                    "environment_not_yours",
                    "this key is for "
                            + key.environment().code()
                            + "; use a key of the other environment for that");
        }
    }

    /** Orders without a partner are found by the id that owns them. */
    private PartnerId readable(String idOrSlug) {
        return idOrSlug.equals(PartnerId.UNASSIGNED.value())
                ? PartnerId.UNASSIGNED
                : named(idOrSlug);
    }

    private PartnerId named(String idOrSlug) {
        return partners.resolve(idOrSlug)
                .orElseThrow(() ->
                        Refused.invalid(
                                "partner_unknown",
                                "there is no partner with the id or slug '" + idOrSlug + "'"));
    }
}
