package com.comptappart.invoice;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words that a document is found by, and what is looked for in them. Names lose their case and
 * accents; what is no name has a letter before it, so that order 75001 is nobody's postal code.
 */
final class FinderWords {

    private static final int MOST_WORDS = 24;
    private static final int LONGEST = 100;

    private FinderWords() {}

    /** Separated by spaces, as {@code string_to_array} takes them apart. */
    static String of(String number, InvoiceContent content) {
        var buyer = content.buyer();
        Set<String> words = new LinkedHashSet<>();
        words.add("n:" + number.toLowerCase(Locale.ROOT));
        words.add("o:" + content.orderReference());
        String email = email(buyer.email());
        if (!email.isEmpty()) {
            words.add("e:" + email);
        }
        String siren = orEmpty(buyer.siren()).replaceAll("[^0-9]", "");
        if (!siren.isEmpty()) {
            words.add("s:" + siren);
        }
        words.addAll(names(orEmpty(buyer.name())));
        words.addAll(names(orEmpty(buyer.contact())));
        words.addAll(names(orEmpty(buyer.vatNumber())));
        return words.stream().limit(MOST_WORDS).collect(Collectors.joining(" "));
    }

    /** PostgreSQL's {@code tsquery}; empty where what was typed can find nothing. */
    static Optional<String> query(String typed) {
        String text = typed.strip();
        String joined = text.replaceAll("[\\s\\p{Z}]+", "");
        if (joined.contains("@")) {
            return Optional.of(begins("e:" + email(joined)));
        }
        if (joined.matches("#?[0-9]{1,18}")) {
            return Optional.of(digits(joined));
        }
        if (joined.equals(text)
                && text.matches("[A-Za-z0-9]+(-[A-Za-z0-9]*)+")
                && text.matches(".*[0-9].*")) {
            return Optional.of(begins("n:" + text.toLowerCase(Locale.ROOT)));
        }
        var names = names(text);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        names.stream()
                                .limit(MOST_WORDS)
                                .map(FinderWords::begins)
                                .collect(Collectors.joining(" & ")));
    }

    /** An order's number, or where there are as many digits a SIREN, or the SIRET of one. */
    private static String digits(String typed) {
        String order = quoted("o:" + typed.replace("#", ""));
        return switch (typed.length()) {
            case 9 -> typed.startsWith("#") ? order : order + " | " + quoted("s:" + typed);
            case 14 -> order + " | " + quoted("s:" + typed.substring(0, 9));
            default -> order;
        };
    }

    private static List<String> names(String text) {
        String plain =
                Normalizer.normalize(text, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}+", "")
                        .toLowerCase(Locale.ROOT)
                        .replace("œ", "oe")
                        .replace("æ", "ae");
        List<String> words = new ArrayList<>();
        for (String word : plain.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(cut(word));
            }
        }
        return words;
    }

    private static String email(@Nullable String email) {
        return cut(
                orEmpty(email).replaceAll("[\\s\\p{Z}\\p{Cntrl}]+", "").toLowerCase(Locale.ROOT));
    }

    private static String cut(String word) {
        return word.length() <= LONGEST
                ? word
                : word.substring(0, word.offsetByCodePoints(0, word.codePointCount(0, LONGEST)));
    }

    private static String begins(String word) {
        return quoted(word) + ":*";
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
