package com.comptappart.flow;

import com.comptappart.invoice.InvoiceContent;
import com.comptappart.invoice.InvoiceLine;
import com.comptappart.invoice.Nature;
import com.comptappart.invoice.Party;
import com.comptappart.invoice.Payment;
import com.comptappart.invoice.SellerSnapshot;
import com.comptappart.order.Buyer;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.partner.Seller;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Freezes all that an invoice will say: what changes afterwards changes no legal document. */
final class Snapshot {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private Snapshot() {}

    static InvoiceContent of(Order order, Seller seller) {
        var paid = order.paid();
        return new InvoiceContent(
                paid.environment(),
                seller(seller),
                buyer(paid.buyer()),
                paid.currency(),
                paid.lines().stream().map(Snapshot::line).toList(),
                new Payment(
                        paid.payment().paidAt(),
                        paid.payment().method(),
                        paid.payment().last4(),
                        paid.payment().reference()),
                LocalDate.ofInstant(paid.payment().paidAt(), PARIS),
                nature(paid.lines()),
                language(paid.buyer()),
                order.id().toString());
    }

    /** French unless the buyer's page was in another language. */
    static String language(Buyer buyer) {
        return buyer.locale().toLowerCase(Locale.ROOT).startsWith("en") ? "en" : "fr";
    }

    private static InvoiceLine line(OrderLine line) {
        return new InvoiceLine(
                line.name(), line.quantity(), line.net(), line.vat(), line.vatRate());
    }

    private static Nature nature(List<OrderLine> lines) {
        var natures = lines.stream().map(OrderLine::nature).distinct().toList();
        if (natures.size() != 1) {
            return Nature.MIXED;
        }
        return switch (natures.getFirst()) {
            case "goods" -> Nature.GOODS;
            case "services" -> Nature.SERVICES;
            default -> Nature.MIXED;
        };
    }

    private static Party buyer(Buyer buyer) {
        return new Party(
                buyer.name(),
                buyer.email(),
                buyer.phone(),
                buyer.line1(),
                buyer.line2(),
                buyer.postalCode(),
                buyer.city(),
                buyer.country(),
                buyer.siren(),
                buyer.vatNumber(),
                buyer.business());
    }

    private static SellerSnapshot seller(Seller seller) {
        return new SellerSnapshot(
                seller.name(),
                seller.legalForm(),
                seller.capital(),
                seller.line1(),
                seller.line2(),
                seller.postalCode(),
                seller.city(),
                seller.country(),
                seller.siren(),
                seller.siret(),
                seller.rcs(),
                seller.vatNumber(),
                seller.franchise(),
                seller.vatOnDebits(),
                seller.email(),
                seller.phone(),
                seller.website(),
                seller.termsUrl(),
                seller.footer());
    }
}
