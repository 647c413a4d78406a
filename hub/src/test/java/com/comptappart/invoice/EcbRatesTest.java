package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EcbRatesTest {

    @TempDir private static Path directory;

    @Test
    void the_days_file_and_the_file_of_all_days_are_read() throws IOException {
        var day = file("day.csv", "Date, USD, JPY, \n23 November 2026, 1.0850, 171.25, \n");
        var all =
                file(
                        "all.csv",
                        """
                        Date,USD,JPY,RUB,
                        2026-11-20,1.0800,170.00,N/A,
                        2026-11-19,1.0790,169.00,N/A,
                        """);
        var rates = EcbRates.read(List.of(day, all));

        assertThat(units(rates, "USD", "2026-11-23")).isEqualByComparingTo("1.0850");
        assertThat(units(rates, "JPY", "2026-11-22"))
                .as("a Sunday has Friday's")
                .isEqualByComparingTo("170");
        assertThat(rates.of("RUB", LocalDate.of(2026, 11, 20))).isEmpty();
        assertThat(rates.of("USD", LocalDate.of(2026, 12, 1)))
                .as("a rate of more than a week ago is none")
                .isEmpty();
        assertThat(rates.of("USD", LocalDate.of(2026, 11, 18))).as("nor is a later one").isEmpty();
    }

    @Test
    void another_file_is_refused_by_name() throws IOException {
        var page = file("page.csv", "<html>");
        var days = file("days.csv", "Date,USD\nyesterday,1.1\n");

        assertThatThrownBy(() -> EcbRates.read(List.of(page))).hasMessageContaining("page.csv");
        assertThatThrownBy(() -> EcbRates.read(List.of(days))).hasMessageContaining("yesterday");
    }

    @Test
    void vat_is_converted_half_up_to_the_cent() {
        assertThat(EuroVat.cents(2_000, 2, new BigDecimal("1.0850"))).isEqualTo(1_843);
        assertThat(EuroVat.cents(1_000, 0, new BigDecimal("171.25"))).isEqualTo(584);
        assertThat(EuroVat.cents(1_670, 3, new BigDecimal("0.3340"))).isEqualTo(500);
    }

    private static BigDecimal units(EcbRates rates, String currency, String day) {
        return rates.of(currency, LocalDate.parse(day)).orElseThrow().units();
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
