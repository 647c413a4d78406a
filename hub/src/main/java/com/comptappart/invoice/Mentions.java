package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mentions of law, in French on every copy (list: {@code invoicing.md}, A1). */
final class Mentions {

    /** Of invoices that were asked for before lines said why they are not taxed. */
    static final Exemption FRANCHISE_OF_OLD =
            new Exemption("VATEX-FR-FRANCHISE", "TVA non applicable, art. 293 B du CGI");

    private Mentions() {}

    static String nature(Nature nature, boolean french) {
        return switch (nature) {
            case GOODS -> french ? "Livraison de biens" : "Supply of goods (livraison de biens)";
            case SERVICES ->
                    french
                            ? "Prestation de services"
                            : "Supply of services (prestation de services)";
            case MIXED ->
                    french
                            ? "Opération mixte (biens et services)"
                            : "Goods and services (opération mixte)";
        };
    }

    static String means(Payment payment, boolean french) {
        String name =
                switch (payment.method()) {
                    case "card" -> french ? "Carte bancaire (Stripe)" : "Card (Stripe)";
                    case "sepa_debit" ->
                            french ? "Prélèvement SEPA (Stripe)" : "SEPA direct debit (Stripe)";
                    case Payment.BALANCE -> french ? "Solde client" : "Customer balance";
                    case Payment.ELSEWHERE -> french ? "Hors ligne" : "Offline";
                    case Payment.REDUCTION ->
                            french
                                    ? "Déduit de la somme due avant le paiement"
                                    : "Taken off the amount due before the payment";
                    default -> french ? "Paiement en ligne (Stripe)" : "Online payment (Stripe)";
                };
        return payment.last4() == null ? name : name + " •••• " + payment.last4();
    }

    /** UNTDID 4461 (BT-81). */
    static String meansCode(Payment payment) {
        return switch (payment.method()) {
            case "card" -> "48";
            case "sepa_debit" -> "59";
            case Payment.BALANCE, Payment.REDUCTION -> "97";
            case Payment.ELSEWHERE -> "1";
            default -> "68";
        };
    }

    static String registration(SellerSnapshot seller) {
        var parts = new ArrayList<String>();
        parts.add(
                (seller.legalForm()
                                + (seller.capital().isBlank()
                                        ? ""
                                        : " au capital de " + seller.capital()))
                        .strip());
        parts.add(registry(seller));
        parts.add(seller.siret().isBlank() ? "SIREN " + seller.siren() : "SIRET " + seller.siret());
        parts.removeIf(String::isBlank);
        return seller.name() + " – " + String.join(" – ", parts);
    }

    /** Register, city and SIREN (C. com. R123-237), also where only the city is configured. */
    private static String registry(SellerSnapshot seller) {
        String given = seller.rcs().strip();
        if (given.isEmpty() || given.chars().anyMatch(Character::isDigit)) {
            return given;
        }
        return (given.startsWith("RCS") ? given : "RCS " + given) + " " + seller.siren();
    }

    /** What stands below the totals. */
    static List<String> below(InvoiceContent content) {
        boolean french = !content.language().equals("en");
        var texts = new ArrayList<String>();
        euroVat(content, french).ifPresent(texts::add);
        texts.addAll(ExemptionMarks.of(content).texts());
        content.notes().stream()
                .filter(note -> note.printed() && !note.isAboutPayment())
                .forEach(note -> texts.add(note.text()));
        var terms = content.terms();
        if (terms != null && terms.deliverTo() != null) {
            texts.add(
                    (french ? "Adresse de livraison : " : "Delivery address: ")
                            + terms.deliverTo().text());
        }
        if (terms != null && terms.purchaseOrder() != null) {
            texts.add(
                    (french ? "Votre bon de commande : " : "Your purchase order: ")
                            + terms.purchaseOrder());
        }
        var payment =
                content.notes().stream()
                        .filter(note -> note.printed() && note.isAboutPayment())
                        .map(Note::text)
                        .toList();
        if (!payment.isEmpty() && content.corrects() == null) {
            texts.add(String.join(" ", payment));
        }
        if (!content.environment().livemode()) {
            texts.add("SPÉCIMEN – document de test, sans valeur.");
        }
        return texts;
    }

    private static Optional<String> euroVat(InvoiceContent content, boolean french) {
        var vat = content.euroVat();
        if (vat == null) {
            return Optional.empty();
        }
        String amount = Amounts.money(vat.cents(), Currency.EUR, french);
        String label = (french ? "TVA en euros : " : "VAT in euros (TVA en euros): ") + amount;
        if (vat.rate() == null || vat.rateDate() == null) {
            return Optional.of(label);
        }
        String one = Amounts.money(100, Currency.EUR, french);
        String rate = Amounts.number(vat.rate(), french) + "\u00a0" + content.currency().code();
        return Optional.of(
                label
                        + " ("
                        + one
                        + " = "
                        + rate
                        + ", "
                        + vat.source(french)
                        + (french ? ", le " : ", ")
                        + Amounts.date(vat.rateDate())
                        + ")");
    }
}
