package com.comptappart.invoice;

import java.util.ArrayList;
import java.util.List;

/** The mentions of law, in French on every copy (list: {@code invoicing.md}, A1). */
final class Mentions {

    static final String FRANCHISE = "TVA non applicable, art. 293 B du CGI";
    static final String DEBITS = "Option pour le paiement de la taxe d'après les débits";
    static final String LATE_PENALTIES =
            "En cas de retard de paiement, pénalités au taux de la BCE majoré de 10 points (C. com. L441-10).";
    static final String RECOVERY =
            "Indemnité forfaitaire pour frais de recouvrement : 40 euros (C. com. D441-5).";
    static final String NO_DISCOUNT = "Pas d'escompte pour paiement anticipé.";
    static final String NOT_FOR_CONSUMERS = "Sans objet (client consommateur)";

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
                    default -> french ? "Paiement en ligne (Stripe)" : "Online payment (Stripe)";
                };
        return payment.last4() == null ? name : name + " •••• " + payment.last4();
    }

    /** UNTDID 4461 (BT-81). */
    static String meansCode(Payment payment) {
        return switch (payment.method()) {
            case "card" -> "48";
            case "sepa_debit" -> "59";
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
        var texts = new ArrayList<String>();
        if (content.seller().franchise()) {
            texts.add(FRANCHISE);
        }
        if (content.seller().vatOnDebits()) {
            texts.add(DEBITS);
        }
        if (content.buyer().business() && content.corrects() == null) {
            texts.add(LATE_PENALTIES + " " + RECOVERY + " " + NO_DISCOUNT);
        }
        if (!content.environment().livemode()) {
            texts.add("SPÉCIMEN – document de test, sans valeur.");
        }
        return texts;
    }
}
