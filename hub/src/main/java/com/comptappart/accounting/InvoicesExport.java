package com.comptappart.accounting;

import com.comptappart.invoice.EuroVat;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Invoices and credit notes as a list, oldest first; credit notes negative. */
@Component
public class InvoicesExport {

    private final Books books;

    InvoicesExport(Books books) {
        this.books = books;
    }

    public Export of(Days days) {
        var reading = books.open(days);
        books.tell(JournalKind.EXPORT, "list of invoices", days);
        return new Export(
                days.name("factures") + ".csv", Csv.MEDIA_TYPE, out -> write(reading, out));
    }

    static void write(IssuedDocuments.Reading reading, OutputStream out) throws IOException {
        var csv =
                new Csv(
                        out,
                        "number",
                        "object",
                        "issue_date_paris",
                        "issued_at_utc",
                        "environment",
                        "partner",
                        "order_id",
                        "refers_to",
                        "refund_id",
                        "buyer_name",
                        "buyer_email",
                        "buyer_country",
                        "buyer_siren",
                        "buyer_vat_number",
                        "business",
                        "currency",
                        "net_amount",
                        "tax_amount",
                        "total_amount",
                        "tax_amount_eur",
                        "paid_at_utc",
                        "payment_method",
                        "payment_reference");
        reading.<IOException>forEach(document -> row(csv, document));
        csv.flush();
    }

    private static void row(Csv csv, IssuedDocument document) throws IOException {
        var content = document.content();
        var buyer = content.buyer();
        var corrects = content.corrects();
        long sign = document.isCreditNote() ? -1 : 1;
        var currency = content.currency();
        csv.row(
                document.number(),
                document.kind().code(),
                document.issueDate(),
                document.issuedAt(),
                document.environment().code(),
                document.partner().value(),
                document.order().value(),
                corrects == null ? "" : corrects.invoiceNumber(),
                corrects == null ? "" : corrects.refundId(),
                buyer.name(),
                buyer.email(),
                buyer.country(),
                buyer.siren(),
                buyer.vatNumber(),
                buyer.business(),
                currency.code(),
                new Money(sign * content.net(), currency).decimal(),
                new Money(sign * content.vat(), currency).decimal(),
                new Money(sign * content.gross(), currency).decimal(),
                vatInEuros(content.currency(), content.vat(), content.euroVat(), sign),
                content.payment().paidAt(),
                content.payment().method(),
                content.payment().reference());
    }

    /** As the document states it. */
    private static @Nullable BigDecimal vatInEuros(
            Currency currency, long vat, @Nullable EuroVat stated, long sign) {
        if (currency.equals(Currency.EUR)) {
            return new Money(sign * vat, Currency.EUR).decimal();
        }
        return stated == null ? null : new Money(sign * stated.cents(), Currency.EUR).decimal();
    }
}
