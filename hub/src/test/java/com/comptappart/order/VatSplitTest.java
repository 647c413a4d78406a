package com.comptappart.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VatSplitTest {

    record Priced(long gross, BigDecimal rate) {}

    @Provide
    Arbitrary<List<Priced>> lines() {
        Arbitrary<Long> amounts =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(0, 100_000),
                        Arbitraries.longs().between(0, 999_999_999_999_999L));
        Arbitrary<BigDecimal> rates =
                Arbitraries.of("0", "2.1", "5.5", "8.5", "10", "20", "20.0", "99.99")
                        .map(BigDecimal::new);
        return Combinators.combine(amounts, rates).as(Priced::new).list().ofMaxSize(40);
    }

    @Property
    void every_line_is_split_without_a_rest_and_nothing_is_negative(
            @ForAll("lines") List<Priced> lines) {
        var splits = split(lines);
        assertThat(splits).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(splits.get(i).net()).isNotNegative();
            assertThat(splits.get(i).vat()).isNotNegative();
            assertThat(splits.get(i).net() + splits.get(i).vat()).isEqualTo(lines.get(i).gross());
        }
    }

    @Property
    void the_tax_of_each_rate_is_that_of_its_total(@ForAll("lines") List<Priced> lines) {
        var splits = split(lines);
        for (BigDecimal rate : lines.stream().map(Priced::rate).distinct().toList()) {
            long gross = 0;
            long vat = 0;
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).rate().compareTo(rate) == 0) {
                    gross += lines.get(i).gross();
                    vat += splits.get(i).vat();
                }
            }
            var exact =
                    BigDecimal.valueOf(gross)
                            .multiply(rate)
                            .divide(rate.add(BigDecimal.valueOf(100)), 0, RoundingMode.HALF_UP);
            assertThat(vat).isEqualTo(exact.longValueExact());
        }
    }

    @Property
    void the_order_of_the_lines_changes_no_total(@ForAll("lines") List<Priced> lines) {
        var reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        assertThat(split(reversed).stream().mapToLong(VatSplit.Split::vat).sum())
                .isEqualTo(split(lines).stream().mapToLong(VatSplit.Split::vat).sum());
    }

    @Example
    void the_contracts_example_is_split_as_it_says() {
        assertThat(split(List.of(new Priced(9999, new BigDecimal("20")))))
                .containsExactly(new VatSplit.Split(8332, 1667));
    }

    private static List<VatSplit.Split> split(List<Priced> lines) {
        return VatSplit.inclusive(
                lines.stream().map(Priced::gross).toList(),
                lines.stream().map(Priced::rate).toList());
    }
}
