package com.comptappart.api;

import com.comptappart.partner.Partner;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A partner as the API shows it. */
@Schema(name = "Partner")
record PartnerView(
        @Schema(example = "part_4eC39HqLyjWDarjtT1zdp7dc") String id,
        String object,
        String slug,
        String name,
        String contactEmail,
        String locale,
        @Schema(description = "Its own connected account at Stripe; null where it has none")
                @Nullable String stripeAccount,
        Instant createdAt) {

    static PartnerView of(Partner partner) {
        return new PartnerView(
                partner.id().value(),
                "partner",
                partner.slug(),
                partner.name(),
                partner.contactEmail(),
                partner.locale(),
                partner.stripeAccount(),
                partner.createdAt());
    }
}
