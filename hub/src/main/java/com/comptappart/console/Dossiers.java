package com.comptappart.console;

import com.comptappart.invoice.DocumentCheck;
import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.PageImages;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.Mails;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Gathers what the page of a document shows. */
@Component
class Dossiers {

    /** An invoice's credit notes, or a credit note's invoice: one order has no more. */
    private static final PageRequest RELATED = new PageRequest(100, null);

    /** Another document of the same sale. */
    record Related(String number, String url, String kind, String date, String total) {}

    /** What was checked, and what came of it. */
    record Finding(String name, String text, String rules, Badge state) {}

    /** A mail that brought the document. */
    record Letter(
            String url,
            String time,
            String machineTime,
            String recipient,
            String reason,
            Badge state) {}

    private final IssuedDocuments documents;
    private final Invoices invoices;
    private final PageImages images;
    private final DocumentCheck check;
    private final Places places;

    Dossiers(
            IssuedDocuments documents,
            Invoices invoices,
            PageImages images,
            DocumentCheck check,
            Places places) {
        this.documents = documents;
        this.invoices = invoices;
        this.images = images;
        this.check = check;
        this.places = places;
    }

    IssuedDocument document(InvoiceIssued issued) {
        return documents.get(issued);
    }

    DocumentView view(Words words, IssuedDocument document) {
        String partner = places.word(document.partner());
        return DocumentView.of(
                words,
                document,
                Place.path(
                        partner,
                        document.environment(),
                        DocumentPages.PATH + "/" + document.number()),
                Place.path(partner, document.environment(), "/commandes/" + document.order()));
    }

    /** The invoice's credit notes; a credit note's invoice and its other credit notes. */
    List<Related> related(Words words, InvoiceIssued issued) {
        var filter =
                new InvoiceFilter(issued.partner(), issued.environment(), issued.order(), null);
        return invoices.list(filter, RELATED).data().stream()
                .filter(each -> !each.number().equals(issued.number()))
                .map(each ->
                        new Related(
                                each.number(),
                                DocumentRow.url(places.word(each.partner()), each),
                                words.text("document." + each.kind()),
                                words.date(each.issueDate()),
                                words.money(each.totalMinor(), new Currency(each.currency()))))
                .toList()
                .reversed();
    }

    List<Integer> pages(Invoices.Document pdf) {
        return IntStream.rangeClosed(1, images.count(pdf)).boxed().toList();
    }

    /** Names a picture: another one has other bytes. */
    String tag(InvoiceIssued issued, int page) {
        String pdf = documents.get(issued).proof().pdf();
        return "\"" + pdf.substring(0, 32) + "-" + page + "-" + PageImages.DPI + "\"";
    }

    /**
     * Empty while too many are being drawn.
     *
     * @throws Refused when there is no such page
     */
    Optional<byte[]> picture(Invoices.Document pdf, int page) {
        return switch (images.of(pdf, page)) {
            case PageImages.Drawn(byte[] png) -> Optional.of(png);
            case PageImages.Busy() -> Optional.empty();
            case PageImages.NoSuchPage() ->
                    throw Refused.notFound("page_not_found", pdf.filename() + " has no such page");
        };
    }

    List<Finding> findings(Words words, IssuedDocument document, Invoices.Document pdf) {
        return check.of(document, pdf).stream()
                .map(each ->
                        new Finding(
                                words.text("check." + each.what()),
                                words.text("check." + each.what() + ".text"),
                                String.join(", ", each.rules()),
                                each.holds()
                                        ? Badge.ok(words.text("check.holds"))
                                        : Badge.bad(
                                                words.text(
                                                        "check.broken",
                                                        String.join(", ", each.broken())))))
                .toList();
    }

    /** Newest first. */
    List<Letter> mails(Words words, List<Mails.Mail> sent) {
        return sent.reversed().stream()
                .map(mail ->
                        new Letter(
                                Place.path(
                                        places.word(mail.partner()),
                                        mail.environment(),
                                        "/e-mails/" + mail.id()),
                                words.exactTime(mail.createdAt()),
                                Words.machine(mail.createdAt()),
                                mail.recipient(),
                                States.reason(words, mail),
                                States.of(words, mail)))
                .toList();
    }
}
