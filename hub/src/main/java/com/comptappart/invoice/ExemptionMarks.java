package com.comptappart.invoice;

import com.comptappart.invoice.InvoiceContent.RateTotal;
import com.comptappart.invoice.InvoiceContent.Rated;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the reasons for which lines are not taxed, where a rate of 0 % alone does not say which
 * it is: rows, totals and mentions then name the same number.
 */
final class ExemptionMarks {

    private final List<InvoiceLine> lines;
    private final List<String> texts;
    private final boolean shown;

    private ExemptionMarks(List<InvoiceLine> lines, List<String> texts, boolean shown) {
        this.lines = lines;
        this.texts = texts;
        this.shown = shown;
    }

    static ExemptionMarks of(InvoiceContent content) {
        var lines = content.lines();
        var texts =
                lines.stream()
                        .map(InvoiceLine::exemption)
                        .filter(Objects::nonNull)
                        .map(Exemption::text)
                        .distinct()
                        .toList();
        boolean zeroToo =
                lines.stream()
                        .anyMatch(line -> line.exemption() == null && line.vatRate().signum() == 0);
        return new ExemptionMarks(lines, texts, texts.size() + (zeroToo ? 1 : 0) > 1);
    }

    /** After a row's rate: {@code (1)}, or nothing. */
    String of(InvoiceLine line) {
        return marks(Stream.of(line));
    }

    /** After the rate of a total: one total may have several reasons. */
    String of(RateTotal total) {
        var rated = new Rated(total.category(), total.rate());
        return marks(lines.stream().filter(line -> Rated.of(line).equals(rated)));
    }

    /** The reasons themselves, each after its number. */
    List<String> texts() {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> shown ? "(" + (i + 1) + ") " + texts.get(i) : texts.get(i))
                .toList();
    }

    private String marks(Stream<InvoiceLine> of) {
        if (!shown) {
            return "";
        }
        String numbers =
                of.map(line -> number(line.exemption()))
                        .filter(number -> number > 0)
                        .distinct()
                        .sorted()
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "" : " (" + numbers + ")";
    }

    private int number(@Nullable Exemption exemption) {
        return exemption == null ? 0 : texts.indexOf(exemption.text()) + 1;
    }
}
