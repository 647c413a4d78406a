package com.comptappart.accounting;

import com.comptappart.accounting.FecEntry.Line;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries as the tax office reads them: 18 fields, tabs, CR LF, ISO 8859-15, decimal commas,
 * numbers without a gap (LPF art. A. 47 A-1, VII).
 */
final class FecFile {

    private static final Charset LATIN_9 = Charset.forName("ISO-8859-15");
    private static final int MOST_CHARACTERS = 120;
    private static final String HEADER =
            "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum"
                    + "\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet"
                    + "\tDateLet\tValidDate\tMontantdevise\tIdevise\r\n";

    private final Writer writer;
    private final Accounts accounts;
    private final String mark;
    private long number;

    FecFile(OutputStream out, Accounts accounts, Environment environment) throws IOException {
        // What the charset has not becomes a question mark.
        writer = new BufferedWriter(new OutputStreamWriter(out, LATIN_9));
        this.accounts = accounts;
        mark = environment.livemode() ? "" : " (TEST)";
        writer.write(HEADER);
    }

    /**
     * @throws IllegalStateException where debit and credit differ: no such file may leave
     */
    void write(FecEntry entry) throws IOException {
        if (entry.lines().isEmpty()) {
            return;
        }
        if (entry.balance() != 0) {
            throw new IllegalStateException(
                    "the entry of " + entry.piece().reference() + " is not balanced");
        }
        number++;
        for (Line line : entry.lines()) {
            write(entry, line);
        }
    }

    private void write(FecEntry entry, Line line) throws IOException {
        boolean isCustomer = line.account().equals(accounts.customers());
        String date = Texts.compact(entry.date());
        field(entry.journal().name());
        field(entry.journal().label() + mark);
        field(Long.toString(number));
        field(date);
        field(line.account().number());
        field(line.account().label());
        field(isCustomer ? accounts.auxiliary() : "");
        field(isCustomer ? "Clients payant par Stripe" : "");
        field(entry.piece().reference());
        field(Texts.compact(entry.piece().date()));
        field(line.label());
        field(euros(Math.max(0, line.cents())));
        field(euros(Math.max(0, -line.cents())));
        field(isCustomer ? entry.lettering() : "");
        field(isCustomer ? date : "");
        field(date);
        field(foreign(line.foreign()));
        writer.write(line.foreign() == null ? "" : line.foreign().currency().code());
        writer.write("\r\n");
    }

    void flush() throws IOException {
        writer.flush();
    }

    private void field(String text) throws IOException {
        writer.write(clean(text));
        writer.write('\t');
    }

    private static String euros(long cents) {
        return Texts.comma(BigDecimal.valueOf(cents, 2));
    }

    /** Without a sign: the euros' side says it. */
    private static String foreign(@Nullable Money amount) {
        return amount == null ? "" : Texts.comma(amount.decimal().abs());
    }

    /** Separators and control characters become spaces; composed, so that accents have a code. */
    private static String clean(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        var clean = new StringBuilder(composed.length());
        composed.codePoints()
                .limit(MOST_CHARACTERS)
                .forEach(c ->
                        clean.appendCodePoint(
                                c == '|' || Character.isISOControl(c) || c == 0x2028 || c == 0x2029
                                        ? ' '
                                        : c));
        return clean.toString().strip();
    }
}
