package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FiscalYearTest {

    @Test
    void february_ends_on_its_last_day_in_every_year() {
        var year = new FiscalYear("02-29");
        assertThat(year.lastDay(2027)).isEqualTo("2027-02-28");
        assertThat(year.lastDay(2028)).isEqualTo("2028-02-29");
        assertThat(year.firstDay(2028)).isEqualTo("2027-03-01");
        assertThat(year.firstDay(2029)).isEqualTo("2028-03-01");
        assertThat(ClosingPeriod.YEAR.endsWith(LocalDate.of(2027, 2, 28), year.end())).isTrue();
        assertThat(ClosingPeriod.YEAR.endsWith(LocalDate.of(2028, 2, 28), year.end())).isFalse();
        assertThat(ClosingPeriod.YEAR.firstDay(LocalDate.of(2029, 2, 28), year.end()))
                .isEqualTo("2028-03-01");
    }
}
