package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.VatTreatment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invoices that tests vary. */
final class InvoicesForTests {

    private InvoicesForTests() {}

    static SellerSnapshot seller(boolean franchise) {
        return new SellerSnapshot(
                "ComptAppart",
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
                franchise ? "" : "FR32123456782",
                franchise,
                false,
                "compta@comptappart.example",
                "",
                "",
                "",
                "",
                null);
    }

    static Party consumer(String name) {
        return new Party(
                name,
                "marie.martin@example.com",
                null,
                "3 allée de l'Été",
                null,
                "75011",
                "Paris",
                "FR",
                null,
                null,
                false);
    }

    static Party company() {
        return new Party(
                "Œuvres & Fils SARL",
                "achats@oeuvres.example",
                null,
                "1 quai",
                null,
                "69001",
                "Lyon",
                "FR",
                "732829320",
                "FR44732829320",
                true);
    }

    static InvoiceLine line(String name, long quantity, long net, long vat, String rate) {
        var taxedAt = new BigDecimal(rate);
        var treatment = taxedAt.signum() == 0 ? VatTreatment.FRANCHISE : VatTreatment.STANDARD;
        return line(name, quantity, net, vat, rate, treatment);
    }

    static InvoiceLine line(
            String name, long quantity, long net, long vat, String rate, VatTreatment treatment) {
        return new InvoiceLine(
                name,
                quantity,
                net,
                vat,
                new BigDecimal(rate),
                treatment.category(),
                LegalTexts.builtIn().exemption(treatment, LocalDate.of(2026, 11, 23)),
                Nature.SERVICES);
    }

    static NumberedInvoice invoice(
            Environment environment,
            boolean franchise,
            Party buyer,
            String language,
            List<InvoiceLine> lines) {
        return invoice(environment, seller(franchise), buyer, Currency.EUR, language, lines, null);
    }

    static NumberedInvoice invoice(
            Environment environment,
            SellerSnapshot seller,
            Party buyer,
            Currency currency,
            String language,
            List<InvoiceLine> lines,
            @Nullable DeliverTo deliverTo) {
        var day = LocalDate.of(2026, 11, 23);
        var content =
                new InvoiceContent(
                        environment,
                        seller,
                        buyer,
                        currency,
                        lines,
                        new Payment(
                                Instant.parse("2026-11-23T14:32:18Z"),
                                "card",
                                "4242",
                                "pi_3QMqH82eZvKYlo2C0xzQjKVp"),
                        LocalDate.of(2026, 11, 23),
                        Nature.SERVICES,
                        language,
                        "156",
                        new Terms(
                                LegalTexts.builtIn().notes(seller, buyer, false, "", day),
                                deliverTo,
                                null));
        String prefix = environment == Environment.STAGING ? "TEST-" : "";
        return new NumberedInvoice(
                prefix + "FQCA-2026-000156", LocalDate.of(2026, 11, 23), content);
    }

    /** A credit note on an invoice. */
    static NumberedInvoice creditNote(NumberedInvoice invoice, long amountMinor) {
        return creditNote(invoice, List.of(), amountMinor);
    }

    /** A credit note after others. */
    static NumberedInvoice creditNote(
            NumberedInvoice invoice, List<CreditSplit.Part> earlier, long amountMinor) {
        var wanted =
                new CreditNoteRequest.Wanted(
                        amountMinor,
                        Instant.parse("2026-12-02T09:15:00Z"),
                        "requested_by_customer",
                        invoice.content().language(),
                        null,
                        null);
        return new NumberedInvoice(
                "ACA-2026-000007",
                LocalDate.of(2026, 12, 2),
                CreditNotes.content(invoice, earlier, "re_3QMqH82eZvKYlo2C1Rf0xYzA", wanted));
    }
}
