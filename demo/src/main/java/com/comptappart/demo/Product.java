package com.comptappart.demo;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that the shop sells.
 *
 * @param path its word in addresses
 * @param priceCents tax included
 * @param metadata what the hub reads from the Stripe product, beside the partner
 * @param billing whether the price is paid once or each year
 * @param question what the buyer is asked on the payment page; null for nothing
 */
record Product(
        String path,
        String tile,
        String name,
        String description,
        String inEnglish,
        long priceCents,
        Map<String, String> metadata,
        Billing billing,
        @Nullable Question question) {

    /** When the price is due. */
    enum Billing {
        ONCE,
        /** After a trial of {@link Product#TRIAL_DAYS}. */
        YEARLY
    }

    static final long TRIAL_DAYS = 14;

    /** The last on the shelf: its quantity is the number of properties. */
    static final Product SUBSCRIPTION =
            new Product(
                    "comptabilite",
                    "2031",
                    "Comptabilité annuelle",
                    "Vos comptes de loueur tenus toute l'année, prix par bien. 14 jours d'essai, puis par abonnement.",
                    "Your accounts as a landlord, kept all year, priced per property. 14 days of trial, then by subscription.",
                    120_00,
                    Map.of(),
                    Billing.YEARLY,
                    Question.REGIME);

    static final List<Product> ALL =
            List.of(
                    new Product(
                            "declaration",
                            "2042",
                            "Déclaration d'impôts – Formule Complète",
                            "Vos revenus locatifs déclarés par un comptable, relus avec vous avant l'envoi.",
                            "Your rental income declared by an accountant, checked with you before it is sent.",
                            99_99,
                            Map.of(),
                            Billing.ONCE,
                            Question.TAX_YEAR),
                    new Product(
                            "bail",
                            "BAIL",
                            "Révision d'un bail",
                            "Loyer révisé selon l'indice du trimestre, avenant et lettre au locataire compris.",
                            "Rent revised by the quarter's index, with the amendment and the letter to the tenant.",
                            49_00,
                            Map.of(),
                            Billing.ONCE,
                            null),
                    new Product(
                            "guide",
                            "LIVRE",
                            "Guide de l'investisseur",
                            "Le livre broché, 240 pages, TVA à 5,5 %.",
                            "The paperback, 240 pages, VAT at 5.5 %.",
                            19_90,
                            Map.of("vat_rate", "5.5", "nature", "goods"),
                            Billing.ONCE,
                            null),
                    SUBSCRIPTION);

    Product {
        metadata = Map.copyOf(metadata);
        if (priceCents <= 0) {
            throw new IllegalArgumentException("the shop gives nothing away: " + path);
        }
    }

    boolean isSubscription() {
        return billing == Billing.YEARLY;
    }

    String price(Locale locale) {
        var format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(java.util.Currency.getInstance("EUR"));
        return format.format(java.math.BigDecimal.valueOf(priceCents, 2));
    }
}
