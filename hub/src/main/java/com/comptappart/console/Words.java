package com.comptappart.console;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.Said;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Texts, amounts and times as the reader's language writes them; times are those of Paris. */
record Words(MessageSource messages, Locale locale) {

    boolean french() {
        return "fr".equals(locale.getLanguage());
    }

    String text(String key, Object... values) {
        return messages.getMessage(key, values.length == 0 ? null : values, locale);
    }

    /** The words of that key, or others where there are none. */
    String textOr(String key, String otherwise) {
        String found = messages.getMessage(key, null, otherwise, locale);
        return found == null ? otherwise : found;
    }

    /** The words for a code, or the code itself where Stripe has one that we don't know. */
    String ofCode(String prefix, String code) {
        return textOr(prefix + code, code);
    }

    /**
     * A reason as it was stored, in the reader's language; one that is none of ours, such as what a
     * bank says, as it is.
     */
    String reason(String stored) {
        return french() ? Said.translated(stored, this::text) : stored;
    }

    String money(long minor, Currency currency) {
        try {
            var format = NumberFormat.getCurrencyInstance(french() ? Locale.FRANCE : Locale.UK);
            format.setCurrency(java.util.Currency.getInstance(currency.code()));
            format.setMinimumFractionDigits(currency.decimals());
            format.setMaximumFractionDigits(currency.decimals());
            return format.format(new Money(minor, currency).decimal());
        } catch (IllegalArgumentException e) {
            // A currency that Java doesn't know is written as a machine would.
            return new Money(minor, currency).toString();
        }
    }

    String money(Money money) {
        return money(money.minor(), money.currency());
    }

    String time(Instant instant) {
        return formatter("d MMM yyyy, HH:mm").format(instant);
    }

    String exactTime(Instant instant) {
        return formatter("d MMM yyyy, HH:mm:ss").format(instant);
    }

    String date(LocalDate date) {
        return formatter("d MMMM yyyy").format(date);
    }

    /** The day in Paris. */
    String day(Instant instant) {
        return formatter("d MMMM yyyy").format(instant);
    }

    /** Without its year. */
    String day(LocalDate date) {
        return formatter("d MMM").format(date);
    }

    String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("MMMM yyyy", french() ? Locale.FRANCE : Locale.UK)
                .format(month);
    }

    String count(long number) {
        return NumberFormat.getIntegerInstance(french() ? Locale.FRANCE : Locale.UK).format(number);
    }

    String percent(BigDecimal rate) {
        var format = NumberFormat.getNumberInstance(french() ? Locale.FRANCE : Locale.UK);
        format.setMaximumFractionDigits(3);
        return format.format(rate) + (french() ? "\u00a0%" : "%");
    }

    static String machine(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, french() ? Locale.FRANCE : Locale.UK)
                .withZone(Paris.ZONE);
    }
}
