package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.invoice.CreditSplit.Part;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Proportion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
    private static final Currency YEN = new Currency("JPY");
    private static final List<String> RATES = List.of("20", "10", "8.5", "5.5", "2.1");

    @Example
    void half_of_two_rates_is_half_of_each() {
        var lines = List.of(line("A", 1, 10_000, 2_000, "20"), line("B", 1, 10_000, 550, "5.5"));

        assertThat(split(11_275, lines, List.of()))
                .containsExactly(new Part(0, 5_000, 1_000), new Part(1, 5_000, 275));
    }

    @Example
    void many_equal_lines_keep_the_vat_of_their_rate() {
        var lines = new ArrayList<InvoiceLine>();
        for (int i = 0; i < 100; i++) {
            lines.add(line("A", 1, 833, 166, "20"));
        }

        var taken = split(49_950, lines, List.of());

        assertThat(taken.stream().mapToLong(Part::vat).sum()).isEqualTo(8_300);
    }

    @Example
    void more_than_is_left_is_refused() {
        var lines = List.of(line("A", 1, 8_332, 1_667, "20"));
        var earlier = split(9_000, lines, List.of());

        assertThatThrownBy(() -> split(1_000, lines, earlier)).hasMessageContaining("999 is left");
        assertThatThrownBy(() -> split(0, lines, List.of()))
                .hasMessageContaining("can't be credited");
    }

    @Property(tries = 20_000)
    void every_credit_note_is_valid_and_so_is_what_is_left_wherever_that_can_be(
            @ForAll("currencies") Currency currency,
            @ForAll("sales") List<InvoiceLine> lines,
            @ForAll("fractions") List<Integer> fractions) {
        var taken = new ArrayList<Part>();
        long left = lines.stream().mapToLong(InvoiceLine::gross).sum();
        for (int i = 0; i <= fractions.size() && left > 0; i++) {
            boolean isLast = i == fractions.size();
            long amount = isLast ? left : Math.max(1, left * fractions.get(i) / 100);
            var before = CreditSplit.left(lines, taken);
            var parts = split(currency, amount, lines, taken);
            for (String rate : RATES) {
                validWhereThatCanBe(
                        currency, rate, ofRate(lines, before, rate), ofRate(lines, parts, rate));
            }
            taken.addAll(parts);
            left -= amount;
            within(lines, taken);
        }
        assertThat(CreditSplit.left(lines, taken)).allMatch(Part::isEmpty);
    }

    @Example
    void refunds_of_single_yen_leave_what_can_still_be_credited() {
        var lines = List.of(line("A", 1, 6, 1, "20"), line("B", 1, 4, 1, "20"));
        var taken = new ArrayList<Part>();
        for (int i = 0; i < 4; i++) {
            var one = split(YEN, 1, lines, taken);
            assertThat(one).hasSize(1).allMatch(part -> part.net() == 1 && part.vat() == 0);
            taken.addAll(one);
        }

        assertThat(split(YEN, 8, lines, taken).stream().mapToLong(Part::vat).sum()).isEqualTo(2);
        assertThat(isValid(YEN, "20", new Part(0, 6, 2))).isTrue();
    }

    @Example
    void refunds_of_some_lines_and_then_of_all_are_one_valid_document() {
        var lines = List.of(line("A", 1, 5_000, 1_000, "20"), line("B", 1, 3_333, 667, "20"));
        for (int first = 1; first < 60; first++) {
            var split = new CreditSplit(YEN, lines, List.of());
            assertThat(split.take(first, List.of(1))).isEqualTo(first);
            split.take(1_500);
            assertThat(isValid(YEN, "20", sum(split.taken()))).isTrue();
            assertThat(isValid(YEN, "20", sum(CreditSplit.left(lines, split.taken())))).isTrue();
        }
    }

    private static List<Part> split(long amount, List<InvoiceLine> lines, List<Part> earlier) {
        return split(Currency.EUR, amount, lines, earlier);
    }

    private static List<Part> split(
            Currency currency, long amount, List<InvoiceLine> lines, List<Part> earlier) {
        var split = new CreditSplit(currency, lines, earlier);
        split.take(amount);
        return split.taken();
    }

    /** Tries each VAT that comes near the rate; elsewhere than in yen there is always one. */
    private static void validWhereThatCanBe(Currency currency, String rate, Part left, Part part) {
        long near = vat(part.gross(), rate);
        boolean one = false;
        boolean both = false;
        for (long vat = Math.max(near - 2, part.gross() - left.net());
                vat <= Math.min(near + 2, Math.min(left.vat(), part.gross()));
                vat++) {
            if (vat >= 0) {
                var other = new Part(0, part.gross() - vat, vat);
                boolean isValid = isValid(currency, rate, other);
                one |= isValid;
                both |= isValid && isValid(currency, rate, left.less(other.net(), other.vat()));
            }
        }
        if (currency.decimals() > 0) {
            both = true;
        }
        assertThat(isValid(currency, rate, part)).as("%s of %s", part, left).isEqualTo(one || both);
        if (both) {
            assertThat(isValid(currency, rate, left.less(part.net(), part.vat())))
                    .as("%s less %s", left, part)
                    .isTrue();
        }
    }

    /** BR-S-09 as CEN's schematron has it. */
    private static boolean isValid(Currency currency, String rate, Part part) {
        var net = BigDecimal.valueOf(part.net(), currency.decimals());
        var vat = BigDecimal.valueOf(part.vat(), currency.decimals());
        var rounded = net.multiply(new BigDecimal(rate)).divide(HUNDRED, 2, RoundingMode.HALF_UP);
        return vat.subtract(BigDecimal.ONE).compareTo(rounded) < 0
                && vat.add(BigDecimal.ONE).compareTo(rounded) > 0;
    }

    private static Part ofRate(List<InvoiceLine> lines, List<Part> parts, String rate) {
        return sum(
                parts.stream()
                        .filter(part -> lines.get(part.line()).vatRate().toString().equals(rate))
                        .toList());
    }

    private static Part sum(List<Part> parts) {
        return new Part(
                0,
                parts.stream().mapToLong(Part::net).sum(),
                parts.stream().mapToLong(Part::vat).sum());
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
            var parts = split(amount, lines, taken);
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
        long vat = vat(gross, rate);
        return line("A", 1, gross - vat, vat, rate);
    }

    private static long vat(long gross, String rate) {
        var percent = new BigDecimal(rate);
        return BigDecimal.valueOf(gross)
                .multiply(percent)
                .divide(percent.add(HUNDRED), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.of(YEN, YEN, YEN, Currency.EUR, new Currency("KWD"));
    }

    /** Each rate's VAT rounded once, as an invoice's is. */
    @Provide
    Arbitrary<List<InvoiceLine>> sales() {
        var gross =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(1, 20),
                        Arbitraries.longs().between(1, 3_000),
                        Arbitraries.longs().between(1, 1_000_000));
        return Combinators.combine(Arbitraries.of(RATES), gross.list().ofMinSize(1).ofMaxSize(4))
                .as(CreditSplitTest::ofOneRate)
                .list()
                .uniqueElements(some -> some.getFirst().vatRate())
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(rates -> rates.stream().flatMap(List::stream).toList());
    }

    private static List<InvoiceLine> ofOneRate(String rate, List<Long> gross) {
        long[] whole = gross.stream().mapToLong(Long::longValue).toArray();
        long[] vat = Proportion.spread(vat(LongStream.of(whole).sum(), rate), whole);
        return IntStream.range(0, whole.length)
                .mapToObj(i -> line("A", 1, whole[i] - vat[i], vat[i], rate))
                .toList();
    }
}
