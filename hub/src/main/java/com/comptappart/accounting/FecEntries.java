package com.comptappart.accounting;

import com.comptappart.accounting.FecEntry.JournalCode;
import com.comptappart.accounting.FecEntry.Piece;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.Payment;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Paris;
import com.comptappart.order.BalanceTransaction;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two entries for each document: the sale (D 411, C 70 and 4457) and what Stripe received (D 511, C
 * 411), lettered; what was paid from the customer's balance or elsewhere has accounts of its own. A
 * credit note and its refund are the same, the other way round. One for each line of Stripe's
 * statement (D 467 and 627, C 511).
 */
final class FecEntries implements FecBook {

    private final FecFile file;
    private final Accounts accounts;
    private final Transit transit;
    private final Lettering lettering = new Lettering();

    FecEntries(FecFile file, Accounts accounts, Transit transit) {
        this.file = file;
        this.accounts = accounts;
        this.transit = transit;
    }

    @Override
    public void add(IssuedDocument document) throws IOException {
        var parts = TaxedPart.of(document);
        var currency = document.content().currency();
        var day = document.issueDate();
        long gross = parts.stream().mapToLong(TaxedPart::gross).sum();
        long euro = parts.stream().mapToLong(TaxedPart::grossEuro).sum();
        String letters = euro == 0 ? "" : lettering.next();
        file.write(sale(accounts, currency, day, invoice(document), letters, parts));
        file.write(
                receipt(
                        accounts,
                        currency,
                        day,
                        payment(document),
                        letters,
                        transit.of(document, gross, euro)));
    }

    /** A line of Stripe's statement is an entry of its own. */
    @Override
    public void add(LocalDate day, BalanceTransaction transaction, Booking booking)
            throws IOException {
        var piece =
                new Piece(
                        transaction.reference(),
                        Paris.dayOf(transaction.createdAt()),
                        StatementBooking.words(transaction)
                                + " "
                                + transaction.id()
                                + (transaction.account().isEmpty()
                                        ? ""
                                        : " " + transaction.account()));
        file.write(entry(JournalCode.ST, day, piece, booking.parts()));
    }

    /** Nothing is held back. */
    @Override
    public void endDay() {}

    static FecEntry entry(
            JournalCode journal, LocalDate day, Piece piece, Collection<Booking.Part> parts) {
        var entry = new FecEntry(journal, day, piece, "");
        parts.forEach(part -> entry.line(part.account(), "", part.cents(), part.foreign()));
        return entry;
    }

    static FecEntry sale(
            Accounts accounts,
            Currency currency,
            LocalDate day,
            Piece piece,
            String letters,
            List<TaxedPart> parts) {
        long gross = parts.stream().mapToLong(TaxedPart::gross).sum();
        long euro = parts.stream().mapToLong(TaxedPart::grossEuro).sum();
        var entry =
                new FecEntry(JournalCode.VE, day, piece, letters)
                        .line(accounts.customers(), "", euro, foreign(gross, currency));
        Map<TaxedPart.Tax, long[]> vat = new TreeMap<>();
        for (TaxedPart part : parts) {
            entry.line(
                    accounts.sales(part.nature(), part.tax()),
                    " HT " + words(part.tax()),
                    -part.netEuro(),
                    foreign(part.net(), currency));
            var sum = vat.computeIfAbsent(part.tax(), _ -> new long[2]);
            sum[0] += part.vat();
            sum[1] += part.vatEuro();
        }
        vat.forEach((tax, sum) ->
                entry.line(
                        accounts.vat(tax),
                        " TVA " + words(tax),
                        -sum[1],
                        foreign(sum[0], currency)));
        return entry;
    }

    static FecEntry receipt(
            Accounts accounts,
            Currency currency,
            LocalDate day,
            Piece piece,
            String letters,
            List<Funds> funds) {
        var entry = new FecEntry(JournalCode.ST, day, piece, letters);
        for (Funds each : funds) {
            entry.line(each.account(), "", each.euro(), foreign(each.gross(), currency));
        }
        long gross = funds.stream().mapToLong(Funds::gross).sum();
        long euro = funds.stream().mapToLong(Funds::euro).sum();
        return entry.line(accounts.customers(), "", -euro, foreign(gross, currency));
    }

    private static Piece invoice(IssuedDocument document) {
        String name = document.content().buyer().name();
        return new Piece(
                document.number(),
                document.issueDate(),
                (document.isCreditNote() ? "Avoir " : "Facture ")
                        + document.number()
                        + (name == null || name.isBlank() ? "" : " " + name));
    }

    /** Stripe's payment or refund, of the day that the money moved. */
    private static Piece payment(IssuedDocument document) {
        var payment = document.content().payment();
        return new Piece(
                payment.reference().isBlank() ? document.number() : payment.reference(),
                Paris.dayOf(payment.paidAt()),
                label(document) + document.number());
    }

    private static String label(IssuedDocument document) {
        String method = document.content().payment().method();
        boolean credited = method.equals(Payment.BALANCE) || method.equals(Payment.REDUCTION);
        if (document.isCreditNote()) {
            return credited ? "Crédit en compte de l'avoir " : "Remboursement de l'avoir ";
        }
        return credited ? "Imputation sur " : "Encaissement de ";
    }

    /** {@code 20 %}, {@code 19 % DE}, {@code exonéré (G)}. */
    static String words(TaxedPart.Tax tax) {
        return switch (tax.category()) {
            case S ->
                    Texts.comma(tax.rate())
                            + " %"
                            + (tax.country().isEmpty() ? "" : " " + tax.country());
            case E, AE, K, G, Z, O -> "non taxé (" + tax.category() + ")";
        };
    }

    private static @Nullable Money foreign(long minor, Currency currency) {
        return currency.equals(Currency.EUR) ? null : new Money(minor, currency);
    }
}
