package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.VatCategory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** An invoice like most: what real ones have in common with it need not be stored again. */
final class SampleInvoice {

    private SampleInvoice() {}

    static NumberedInvoice of() {
        var seller =
                new SellerSnapshot(
                        "Exemple",
                        "SAS",
                        "10 000 €",
                        "12 rue des Écoles",
                        "",
                        "33000",
                        "Bordeaux",
                        "FR",
                        "123456782",
                        "12345678200010",
                        "RCS Bordeaux 123 456 782",
                        "FR32123456782",
                        false,
                        false,
                        "factures@exemple.example",
                        "",
                        "",
                        "",
                        "",
                        null);
        var buyer =
                new Party(
                        "Marie Martin",
                        "marie.martin@exemple.example",
                        null,
                        "3 rue de la Paix",
                        null,
                        "75002",
                        "Paris",
                        "FR",
                        null,
                        null,
                        false);
        var day = LocalDate.of(2026, 11, 23);
        var content =
                new InvoiceContent(
                        Environment.PRODUCTION,
                        seller,
                        buyer,
                        Currency.EUR,
                        List.of(
                                new InvoiceLine(
                                        "Déclaration d'impôts - Formule Complète",
                                        1,
                                        8332,
                                        1667,
                                        new BigDecimal("20"),
                                        VatCategory.S,
                                        null,
                                        Nature.SERVICES)),
                        new Payment(
                                Instant.parse("2026-11-23T14:32:18Z"),
                                "card",
                                "4242",
                                "pi_3QMqH82eZvKYlo2C0xzQjKVp"),
                        day,
                        Nature.SERVICES,
                        "fr",
                        "156",
                        new Terms(
                                LegalTexts.builtIn().notes(seller, buyer, false, "", day),
                                null,
                                null));
        return new NumberedInvoice("FAC-2026-000156", day, content);
    }
}
