package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Numbers and dates as they are printed, the same under every locale. */
final class Amounts {

    private static final char NO_BREAK_SPACE = '\u00a0';

    private Amounts() {}

    /** {@code -1 234,56 €} in French, {@code -€1,234.56} in English. */
    static String money(long minor, Currency currency, boolean french) {
        var value = BigDecimal.valueOf(minor, currency.decimals());
        String symbol = currency.equals(Currency.EUR) ? "€" : currency.code();
        if (french) {
            return number(value, true) + NO_BREAK_SPACE + symbol;
        }
        String sign = minor < 0 ? "-" : "";
        String space = currency.equals(Currency.EUR) ? "" : String.valueOf(NO_BREAK_SPACE);
        return sign + symbol + space + number(value.abs(), false);
    }

    static String number(BigDecimal value, boolean french) {
        String plain = value.abs().toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        var text = new StringBuilder(value.signum() < 0 ? "-" : "");
        for (int i = 0; i < whole.length(); i++) {
            if (i > 0 && (whole.length() - i) % 3 == 0) {
                text.append(french ? NO_BREAK_SPACE : ',');
            }
            text.append(whole.charAt(i));
        }
        if (point >= 0) {
            text.append(french ? ',' : '.').append(plain, point + 1, plain.length());
        }
        return text.toString();
    }

    static String percent(BigDecimal rate, boolean french) {
        return number(rate, french) + (french ? NO_BREAK_SPACE + "%" : "%");
    }

    /** {@code 23/11/2026}. */
    static String date(LocalDate date) {
        return two(date.getDayOfMonth()) + "/" + two(date.getMonthValue()) + "/" + date.getYear();
    }

    /** {@code 20261123}, format 102 of UN/CEFACT. */
    static String compact(LocalDate date) {
        return date.getYear() + two(date.getMonthValue()) + two(date.getDayOfMonth());
    }

    private static String two(int value) {
        return value < 10 ? "0" + value : Integer.toString(value);
    }
}
