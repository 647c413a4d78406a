package com.comptappart.invoice;

import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line, in minor units.
 *
 * @param net before tax (BT-131)
 * @param vat the tax of the line
 * @param vatRate percent (BT-152)
 * @param category BT-151
 * @param exemption why it is not taxed; null where it is
 * @param nature of the line; null where it was not kept
 * @param vatCountry whose tax it is, ISO 3166-1 alpha-2; null for France's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvoiceLine(
        String name,
        long quantity,
        long net,
        long vat,
        BigDecimal vatRate,
        VatCategory category,
        @Nullable Exemption exemption,
        @Nullable Nature nature,
        @Nullable String vatCountry) {

    public InvoiceLine {
        if (category == null) {
            // Invoices that were asked for before lines said it.
            category = VatTreatment.ofRate(vatRate).category();
        }
        boolean wantsReason = category != VatCategory.S && category != VatCategory.Z;
        if (wantsReason != (exemption != null)) {
            throw new IllegalArgumentException(
                    "a line of category "
                            + category
                            + (wantsReason ? " needs" : " has")
                            + " a reason");
        }
    }

    /** Taxed in France, or not at all. */
    public InvoiceLine(
            String name,
            long quantity,
            long net,
            long vat,
            BigDecimal vatRate,
            VatCategory category,
            @Nullable Exemption exemption,
            @Nullable Nature nature) {
        this(name, quantity, net, vat, vatRate, category, exemption, nature, null);
    }

    /** Of a small firm, as all of its lines were before they said why they are not taxed. */
    InvoiceLine ofFranchise() {
        return category == VatCategory.Z
                ? new InvoiceLine(
                        name,
                        quantity,
                        net,
                        vat,
                        vatRate,
                        VatCategory.E,
                        Mentions.FRANCHISE_OF_OLD,
                        nature)
                : this;
    }

    /** Tax included. */
    public long gross() {
        return net + vat;
    }
}
