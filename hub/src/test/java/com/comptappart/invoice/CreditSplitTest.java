package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.invoice.CreditSplit.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the invoice and the refunds, credit notes end at the invoice to the cent. */
class CreditSplitTest {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Example
    void half_of_two_rates_is_half_of_each() {
        var lines = List.of(line("A", 1, 10_000, 2_000, "20"), line("B", 1, 10_000, 550, "5.5"));

        assertThat(CreditSplit.of(11_275, lines, List.of()))
                .containsExactly(new Part(0, 5_000, 1_000), new Part(1, 5_000, 275));
    }

    @Example
    void many_equal_lines_keep_the_vat_of_their_rate() {
        var lines = new ArrayList<InvoiceLine>();
        for (int i = 0; i < 100; i++) {
            lines.add(line("A", 1, 833, 166, "20"));
        }

        var taken = CreditSplit.of(49_950, lines, List.of());

        assertThat(taken.stream().mapToLong(Part::vat).sum()).isEqualTo(8_300);
    }

    @Example
    void more_than_is_left_is_refused() {
        var lines = List.of(line("A", 1, 8_332, 1_667, "20"));
        var earlier = CreditSplit.of(9_000, lines, List.of());

        assertThatThrownBy(() -> CreditSplit.of(1_000, lines, earlier))
                .hasMessageContaining("999 is left");
        assertThatThrownBy(() -> CreditSplit.of(0, lines, List.of()))
                .hasMessageContaining("can't be credited");
    }

    @Property(tries = 20_000)
    void no_credit_note_takes_more_than_is_left_and_the_last_takes_exactly_the_rest(
            @ForAll("invoices") List<InvoiceLine> lines,
            @ForAll("fractions") List<Integer> fractions) {
        check(lines, fractions, true);
    }

    @Property(tries = 20_000)
    void lines_below_zero_are_credited_below_zero(
            @ForAll("prorations") List<InvoiceLine> lines,
            @ForAll("fractions") List<Integer> fractions) {
        check(lines, fractions, false);
    }

    /** Refunds of a share of what is left, and at last of the rest. */
    private static void check(List<InvoiceLine> lines, List<Integer> fractions, boolean close) {
        long total = lines.stream().mapToLong(InvoiceLine::gross).sum();
        if (total < 1) {
            return;
        }
        var taken = new ArrayList<Part>();
        long left = total;
        for (int i = 0; i <= fractions.size() && left > 0; i++) {
            boolean isLast = i == fractions.size();
            long amount = isLast ? left : Math.max(1, left * fractions.get(i) / 100);
            var parts = CreditSplit.of(amount, lines, taken);
            assertThat(parts.stream().mapToLong(Part::gross).sum()).isEqualTo(amount);
            taken.addAll(parts);
            left -= amount;
            within(lines, taken);
            if (close) {
                closeToTheRate(lines, taken);
            }
        }
        assertThat(CreditSplit.left(lines, taken)).allMatch(Part::isEmpty);
    }

    private static void within(List<InvoiceLine> lines, List<Part> taken) {
        var left = CreditSplit.left(lines, taken);
        for (Part part : left) {
            var line = lines.get(part.line());
            assertThat(isBetweenZeroAnd(line.net(), part.net())).as("net of %s", left).isTrue();
            assertThat(isBetweenZeroAnd(line.vat(), part.vat())).as("VAT of %s", left).isTrue();
        }
    }

    /**
     * Within a minor unit and half of the invoiced VAT in proportion, whatever the number of lines.
     */
    private static void closeToTheRate(List<InvoiceLine> lines, List<Part> taken) {
        Map<BigDecimal, List<InvoiceLine>> rates =
                lines.stream().collect(Collectors.groupingBy(InvoiceLine::vatRate));
        rates.forEach((rate, ofRate) -> {
            long invoiced = ofRate.stream().mapToLong(InvoiceLine::gross).sum();
            long vat = ofRate.stream().mapToLong(InvoiceLine::vat).sum();
            var parts =
                    taken.stream()
                            .filter(part -> lines.get(part.line()).vatRate().equals(rate))
                            .toList();
            long credited = parts.stream().mapToLong(Part::gross).sum();
            long creditedVat = parts.stream().mapToLong(Part::vat).sum();
            if (invoiced > 0) {
                var exact =
                        BigDecimal.valueOf(vat)
                                .multiply(BigDecimal.valueOf(credited))
                                .divide(BigDecimal.valueOf(invoiced), 6, RoundingMode.HALF_UP);
                assertThat(BigDecimal.valueOf(creditedVat).subtract(exact).abs())
                        .isLessThanOrEqualTo(new BigDecimal("1.5"));
            }
        });
    }

    private static boolean isBetweenZeroAnd(long end, long value) {
        return value >= Math.min(0, end) && value <= Math.max(0, end);
    }

    @Provide
    Arbitrary<List<Integer>> fractions() {
        return Arbitraries.integers().between(0, 100).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<InvoiceLine>> invoices() {
        return lines(Arbitraries.longs().between(0, 1_000_000));
    }

    @Provide
    Arbitrary<List<InvoiceLine>> prorations() {
        return lines(Arbitraries.longs().between(-50_000, 100_000));
    }

    private static Arbitrary<List<InvoiceLine>> lines(Arbitrary<Long> gross) {
        var small = Arbitraries.longs().between(0, 9);
        return Combinators.combine(
                        Arbitraries.oneOf(gross, small),
                        Arbitraries.of("20", "10", "5.5", "2.1", "0"))
                .as(CreditSplitTest::inclusive)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static InvoiceLine inclusive(long gross, String rate) {
        var percent = new BigDecimal(rate);
        long vat =
                BigDecimal.valueOf(gross)
                        .multiply(percent)
                        .divide(percent.add(HUNDRED), 0, RoundingMode.HALF_UP)
                        .longValueExact();
        return line("A", 1, gross - vat, vat, rate);
    }
}
