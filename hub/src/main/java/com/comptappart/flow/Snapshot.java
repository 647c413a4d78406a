package com.comptappart.flow;

import com.comptappart.invoice.DeliverTo;
import com.comptappart.invoice.InvoiceContent;
import com.comptappart.invoice.LegalTexts;
import com.comptappart.invoice.Party;
import com.comptappart.invoice.Payment;
import com.comptappart.invoice.SellerSnapshot;
import com.comptappart.invoice.Terms;
import com.comptappart.invoice.VatGroup;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.VatCategory;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import com.comptappart.order.Order;
import com.comptappart.order.PaidOrder;
import com.comptappart.partner.Seller;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Freezes all that an invoice will say: what changes afterwards changes no legal document. */
final class Snapshot {

    /** Keys of checkout fields and names of invoice fields, in lower-case letters only. */
    private static final Set<String> PURCHASE_ORDER =
            Set.of(
                    "purchaseorder",
                    "purchaseordernumber",
                    "ponumber",
                    "po",
                    "bondecommande",
                    "numerodebondecommande",
                    "nbondecommande");

    /** Where the law of France on its language holds. */
    private static final Set<String> FRANCE =
            Set.of("FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT");

    /** Neighbours of which French is a language. */
    private static final Set<String> FRENCH_TOO = Set.of("BE", "CH", "LU", "MC");

    private Snapshot() {}

    static InvoiceContent of(Order order, Seller seller, @Nullable String brand, LegalTexts texts) {
        var paid = order.paid();
        var supplied = Paris.dayOf(paid.payment().paidAt());
        var issuer = seller(seller);
        var lines =
                new SnapshotLines(seller, paid.currency(), language(paid.buyer()), supplied, texts);
        var buyer = buyer(paid.buyer());
        boolean oss = paid.lines().stream().anyMatch(line -> !line.treatment().country().isEmpty());
        return new InvoiceContent(
                paid.environment(),
                issuer,
                buyer,
                paid.currency(),
                lines.of(paid.lines()),
                new Payment(
                        paid.payment().paidAt(),
                        paid.payment().method(),
                        paid.payment().last4(),
                        paid.payment().reference(),
                        paid.payment().balanceMinor(),
                        paid.payment().reducedMinor()),
                supplied,
                SnapshotLines.nature(paid.lines()),
                language(paid.buyer()),
                order.id().toString(),
                new Terms(
                        texts.notes(issuer, buyer, oss, seller.guarantee(), supplied),
                        deliverTo(paid),
                        purchaseOrder(paid.customFields()),
                        brand));
    }

    /**
     * French for consumers in France, whatever their page was in (loi n° 94-665, art. 2) and for
     * whom it is not known; English for those abroad who did not ask for French, and for companies
     * that asked for English.
     */
    static String language(Buyer buyer) {
        String locale = buyer.locale().toLowerCase(Locale.ROOT);
        String country = buyer.country() == null ? "FR" : buyer.country();
        if (locale.startsWith("fr") || (FRANCE.contains(country) && !buyer.business())) {
            return "fr";
        }
        boolean speaksFrench = FRANCE.contains(country) || FRENCH_TOO.contains(country);
        return locale.startsWith("en") || !speaksFrench ? "en" : "fr";
    }

    /** Said where it is not the buyer's address, and always for goods to another member state. */
    private static @Nullable DeliverTo deliverTo(PaidOrder paid) {
        var buyer = paid.buyer();
        var to = paid.delivery();
        boolean toUnion =
                paid.lines().stream()
                        .anyMatch(line -> line.treatment().category() == VatCategory.K);
        if (to == null) {
            return toUnion && buyer.country() != null
                    ? new DeliverTo(
                            buyer.name(),
                            buyer.line1(),
                            buyer.line2(),
                            buyer.postalCode(),
                            buyer.city(),
                            buyer.country(),
                            buyer.state())
                    : null;
        }
        boolean same =
                Objects.equals(to.line1(), buyer.line1())
                        && Objects.equals(to.postalCode(), buyer.postalCode())
                        && Objects.equals(to.city(), buyer.city())
                        && Objects.equals(to.country(), buyer.country());
        String country = to.country() == null ? buyer.country() : to.country();
        return same && !toUnion
                ? null
                : new DeliverTo(
                        to.name(),
                        to.line1(),
                        to.line2(),
                        to.postalCode(),
                        to.city(),
                        country == null ? "FR" : country,
                        to.state());
    }

    /** The buyer's own number of the order, where a field asked for it. */
    private static @Nullable String purchaseOrder(List<CustomField> fields) {
        return fields.stream()
                .filter(field ->
                        PURCHASE_ORDER.contains(plain(field.key())) && !field.value().isBlank())
                .map(field -> field.value().strip())
                .findFirst()
                .orElse(null);
    }

    private static String plain(String key) {
        return Normalizer.normalize(key, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
    }

    /** A company that a person bought for is the customer, and the person its contact. */
    private static Party buyer(Buyer buyer) {
        String company = buyer.company();
        return new Party(
                company == null ? buyer.name() : company,
                buyer.email(),
                buyer.phone(),
                buyer.line1(),
                buyer.line2(),
                buyer.postalCode(),
                buyer.city(),
                buyer.country(),
                buyer.siren(),
                buyer.vatNumber(),
                buyer.business(),
                company == null ? null : buyer.name(),
                buyer.state());
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
                seller.footer(),
                seller.vatGroup().isThere()
                        ? new VatGroup(
                                seller.vatGroup().name(),
                                seller.vatGroup().address(),
                                seller.vatGroup().vatNumber())
                        : null);
    }
}
