package com.comptappart.api;

import com.comptappart.partner.Partner;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A partner as the API shows it. */
@Schema(name = "Partner")
record PartnerView(
        @Schema(example = "part_4eC39HqLyjWDarjtT1zdp7dc") String id,
        @Schema(allowableValues = "partner") String object,
        @Schema(example = "declarons") String slug,
        @Schema(example = "Déclarons") String name,
        @Schema(example = "technique@declarons.example") String contactEmail,
        @Schema(allowableValues = {"fr", "en"}) String locale,
        @Schema(description = "Its own connected account at Stripe; null where it has none")
                @Nullable String stripeAccount,
        Look brand,
        Instant createdAt) {

    /** The look of its documents. */
    @Schema(name = "PartnerBrand")
    record Look(
            @Schema(
                            description =
                                    "Of lines and titles on invoices; null where the seller's holds. Text in it is darkened"
                                            + " until its contrast with white is 4.5 to 1",
                            example = "#1f4e79")
                    @Nullable String primaryColor,
            @Schema(description = "Names the logo by its pixels; null where the seller's holds")
                    @Nullable String logoId) {}

    static PartnerView of(Partner partner) {
        return new PartnerView(
                partner.id().value(),
                "partner",
                partner.slug(),
                partner.name(),
                partner.contactEmail(),
                partner.locale(),
                partner.stripeAccount(),
                new Look(partner.primaryColor(), partner.logoId()),
                partner.createdAt());
    }
}
