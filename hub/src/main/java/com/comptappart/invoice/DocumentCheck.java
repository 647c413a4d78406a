package com.comptappart.invoice;

import com.comptappart.invoice.XmlRules.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks one issued document again, as it is stored, without the validators of the build: its entry
 * in the ledger, rules about its XML, and what its PDF declares.
 */
@Component
public class DocumentCheck {

    /** One thing that was checked. */
    public enum What {
        /** Number, date, chain, content, totals and PDF are what was issued. */
        LEDGER,
        /** The XML in the PDF has the ledger's number, date, kind, currency, totals and lines. */
        SAME,
        /** What EN 16931 wants to be there. */
        MANDATORY,
        /** Sums, taxes and decimals of EN 16931. */
        AMOUNTS,
        /** The French profile. */
        FRENCH,
        /** The PDF declares PDF/A-3U, has an output intent and carries its XML as such. */
        PDF
    }

    /**
     * What was found.
     *
     * @param rules the codes of the rules that were asked
     * @param broken what does not hold: codes, or the ledger's own words
     */
    public record Finding(What what, List<String> rules, List<String> broken) {
        public Finding {
            rules = List.copyOf(rules);
            broken = List.copyOf(broken);
        }

        public boolean holds() {
            return broken.isEmpty();
        }
    }

    private final LedgerRows ledger;
    private final EntryCheck entries;
    private final InvoiceFiles files;

    DocumentCheck(LedgerRows ledger, EntryCheck entries, InvoiceFiles files) {
        this.ledger = ledger;
        this.entries = entries;
        this.files = files;
    }

    public List<Finding> of(IssuedDocument document, Invoices.Document pdf) {
        var entry = entry(document);
        var xml = files.xml(pdf);
        return List.of(
                new Finding(What.LEDGER, List.of(), entry.map(List::of).orElse(List.of())),
                new Finding(What.SAME, List.of(), differs(document, xml)),
                asked(What.MANDATORY, XmlRules.MANDATORY, xml),
                asked(What.AMOUNTS, XmlRules.AMOUNTS, xml),
                asked(What.FRENCH, XmlRules.FRENCH, xml),
                new Finding(What.PDF, List.of(), undeclared(pdf)));
    }

    /** By the ledger's own check, against the entry before it. */
    private Optional<String> entry(IssuedDocument document) {
        var all = ledger.allSeries();
        for (int i = 0; i < all.size(); i++) {
            var series = all.get(i);
            if (isOf(series.key(), document)) {
                var former = i == 0 ? null : all.get(i - 1);
                var page = ledger.page(series, document.sequence() - 1, 1);
                return page.isEmpty()
                        ? Optional.of(document.number() + " is missing")
                        : entries.wrong(
                                series,
                                document.sequence(),
                                former(series, former, document.sequence()),
                                page.getFirst());
            }
        }
        return Optional.of(document.number() + " belongs to no series");
    }

    private EntryCheck.Chain former(Series series, @Nullable Series year, long sequence) {
        if (sequence > 1) {
            return ledger.pageOfEntries(series, sequence - 2, 1).stream()
                    .findFirst()
                    .map(kept ->
                            new EntryCheck.Chain(kept.hash(), kept.entry().invoice().issueDate()))
                    .orElse(new EntryCheck.Chain(Series.NO_FORMER_ENTRY, LocalDate.MIN));
        }
        return year != null && Ledger.isNextYear(year.key(), series.key())
                ? new EntryCheck.Chain(year.lastHash(), LocalDate.MIN)
                : new EntryCheck.Chain(Series.NO_FORMER_ENTRY, LocalDate.MIN);
    }

    private static boolean isOf(Series.Key key, IssuedDocument document) {
        return key.equals(
                new Series.Key(
                        document.sellerId(),
                        document.environment(),
                        document.kind(),
                        document.year()));
    }

    private static List<String> differs(IssuedDocument document, Invoices.Document file) {
        var xml = FacturX.read(file.bytes());
        var content = document.content();
        var amounts = new CiiAmounts(content);
        String type = new DocumentWords(content.kind(), true).typeCode();
        var expected =
                List.of(
                        new Said("BT-1", XmlRules.NUMBER, document.number()),
                        new Said("BT-2", XmlRules.DATE, Amounts.compact(document.issueDate())),
                        new Said("BT-3", XmlRules.TYPE, type),
                        new Said("BT-5", XmlRules.CURRENCY, content.currency().code()),
                        new Said(
                                "BT-109",
                                XmlRules.SUMS + "TaxBasisTotalAmount",
                                CiiAmounts.text(amounts.net())),
                        new Said(
                                "BT-112",
                                XmlRules.SUMS + "GrandTotalAmount",
                                CiiAmounts.text(amounts.gross())));
        var differing =
                expected.stream()
                        .filter(each -> !xml.text(each.path()).equals(each.text()))
                        .map(Said::code);
        boolean sameLines = xml.all(XmlRules.LINES).size() == content.lines().size();
        return Stream.concat(differing, sameLines ? Stream.of() : Stream.of("BG-25")).toList();
    }

    /** What the XML must say at a path. */
    private record Said(String code, String path, String text) {}

    private static Finding asked(What what, List<Rule> rules, Invoices.Document file) {
        var xml = FacturX.read(file.bytes());
        return new Finding(
                what,
                rules.stream().map(Rule::code).toList(),
                rules.stream().filter(rule -> !holds(rule, xml)).map(Rule::code).toList());
    }

    /** An amount that is missing, or no number, breaks the rule about it. */
    static boolean holds(Rule rule, FacturX xml) {
        try {
            return rule.holds().test(xml);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static List<String> undeclared(Invoices.Document pdf) {
        try (PDDocument read = Loader.loadPDF(pdf.bytes())) {
            var catalog = read.getDocumentCatalog();
            var metadata = catalog.getMetadata();
            String xmp =
                    metadata == null
                            ? ""
                            : new String(metadata.toByteArray(), StandardCharsets.UTF_8);
            boolean declares =
                    xmp.contains("<pdfaid:part>3</pdfaid:part>")
                            && xmp.contains("<pdfaid:conformance>U</pdfaid:conformance>")
                            && xmp.contains(
                                    "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>");
            boolean carries = catalog.getCOSObject().containsKey("AF");
            return Stream.of(
                            declares ? "" : "XMP",
                            catalog.getOutputIntents().isEmpty() ? "OutputIntents" : "",
                            carries ? "" : "AF",
                            read.isEncrypted() ? "Encrypt" : "")
                    .filter(each -> !each.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the stored document " + pdf.filename() + " can't be read", e);
        }
    }
}
