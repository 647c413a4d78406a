package com.comptappart.kernel;

import java.math.BigDecimal;

/**
 * Why a line is taxed as it is.
 *
 * @param ground names the text of law that exempts the line, empty where it is taxed: a VATEX code
 *     ({@code VATEX-EU-AE}), or a word of ours where no code says it
 * @param country whose tax it is, ISO 3166-1 alpha-2; empty for France
 */
public record VatTreatment(VatCategory category, String ground, String country) {

    /** Taxed in France. */
    public static final VatTreatment STANDARD = new VatTreatment(VatCategory.S, "", "");

    /** A seller who is exempt as a small firm (CGI art. 293 B). */
    public static final VatTreatment FRANCHISE =
            new VatTreatment(VatCategory.E, "VATEX-FR-FRANCHISE", "");

    public VatTreatment {
        if (category == VatCategory.S && !ground.isEmpty()) {
            throw new IllegalArgumentException("what is taxed is not exempt");
        }
    }

    /** Not taxed, on that ground. */
    public static VatTreatment untaxed(VatCategory category, String ground) {
        return new VatTreatment(category, ground, "");
    }

    /** A rate of zero that nothing explains, as lines were before they said why. */
    public static VatTreatment ofRate(BigDecimal rate) {
        return rate.signum() == 0 ? untaxed(VatCategory.Z, "") : STANDARD;
    }
}
