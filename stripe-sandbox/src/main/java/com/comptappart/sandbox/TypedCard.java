package com.comptappart.sandbox;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A test card as typed in a form; what is wrong is said at its field. */
record TypedCard(Map<String, String> fields, Words words) {

    private static final Pattern EXPIRY =
            Pattern.compile("([0-9]{1,2})\\s*/?\\s*([0-9]{2}|20[0-9]{2})");

    Optional<Instrument> read(long nowSecond, Map<String, String> errors) {
        String digits = field("card_number").replaceAll("[\\s-]", "");
        Optional<TestCard> known = TestCard.of(digits);
        if (known.isEmpty()) {
            errors.put("card_number", digits.isEmpty() ? words.required() : words.notATestCard());
        }
        if (!field("card_cvc").matches("[0-9]{3,4}")) {
            errors.put("card_cvc", words.badCvc());
        }
        Optional<YearMonth> expiry = expiry();
        var thisMonth = YearMonth.from(Instant.ofEpochSecond(nowSecond).atZone(ZoneOffset.UTC));
        if (expiry.isEmpty() || expiry.get().isBefore(thisMonth)) {
            errors.put("card_expiry", words.badExpiry());
        }
        return known.flatMap(card ->
                expiry.map(month ->
                        new Instrument.Card(card, month.getMonthValue(), month.getYear())));
    }

    private Optional<YearMonth> expiry() {
        Matcher matcher = EXPIRY.matcher(field("card_expiry"));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int month = Integer.parseInt(matcher.group(1));
        int year = 2000 + Integer.parseInt(matcher.group(2)) % 100;
        return month >= 1 && month <= 12
                ? Optional.of(YearMonth.of(year, month))
                : Optional.empty();
    }

    private String field(String name) {
        return fields.getOrDefault(name, "").replaceAll("\\p{Cntrl}", " ").strip();
    }
}
