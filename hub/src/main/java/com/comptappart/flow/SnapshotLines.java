package com.comptappart.flow;

import com.comptappart.invoice.InvoiceLine;
import com.comptappart.invoice.LegalTexts;
import com.comptappart.invoice.Nature;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import com.comptappart.order.OrderLine;
import com.comptappart.order.VatSplit;
import com.comptappart.partner.Seller;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Freezes the lines of an order as an invoice says them. */
final class SnapshotLines {

    private final Seller seller;
    private final Currency currency;
    private final boolean english;
    private final LocalDate supplied;
    private final LegalTexts texts;

    SnapshotLines(
            Seller seller,
            Currency currency,
            String language,
            LocalDate supplied,
            LegalTexts texts) {
        this.texts = texts;
        this.seller = seller;
        this.currency = currency;
        this.english = language.equals("en");
        this.supplied = supplied;
    }

    List<InvoiceLine> of(List<OrderLine> lines) {
        return lines.stream().flatMap(this::lines).toList();
    }

    /** A line at its full price, where something was taken off it, and what was taken off. */
    private Stream<InvoiceLine> lines(OrderLine line) {
        if (!line.showsDiscount()) {
            return Stream.of(line(line, line.name(), line.quantity(), line.net(), line.vat()));
        }
        var off =
                VatSplit.inclusive(List.of(line.discount()), List.of(line.vatRate()), currency)
                        .getFirst();
        return Stream.of(
                line(
                        line,
                        line.name(),
                        line.quantity(),
                        line.net() + off.net(),
                        line.vat() + off.vat()),
                line(
                        line,
                        (english ? "Discount (remise) on " : "Remise sur ") + line.name(),
                        -1,
                        -off.net(),
                        -off.vat()));
    }

    private InvoiceLine line(OrderLine line, String name, long quantity, long net, long vat) {
        var treatment = treatment(line);
        boolean shipping = english && line.productId().isEmpty() && name.equals("Livraison");
        return new InvoiceLine(
                shipping ? "Shipping (livraison)" : name,
                quantity,
                net,
                vat,
                line.vatRate(),
                treatment.category(),
                texts.exemption(treatment, supplied),
                nature(line.nature()),
                treatment.country().isEmpty() ? null : treatment.country());
    }

    /** Orders of before lines said why they are not taxed: the small firm's were exempt. */
    private VatTreatment treatment(OrderLine line) {
        boolean exempt = seller.franchise() && line.treatment().category() == VatCategory.Z;
        return exempt ? VatTreatment.FRANCHISE : line.treatment();
    }

    static Nature nature(List<OrderLine> lines) {
        var natures = lines.stream().map(OrderLine::nature).distinct().toList();
        return natures.size() == 1 ? nature(natures.getFirst()) : Nature.MIXED;
    }

    private static Nature nature(String word) {
        return switch (word) {
            case "goods" -> Nature.GOODS;
            case "services" -> Nature.SERVICES;
            default -> Nature.MIXED;
        };
    }
}
