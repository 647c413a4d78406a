package com.comptappart.testing;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A FEC as its reader sees it, and the rules that it must keep: those of the tax office's checker
 * (Test-Compta-Demat), and those that the checker does not look at.
 *
 * <p>Source: {@code invoicing.md}, A4; LPF art. A. 47 A-1.
 */
public final class FecForTests {

    private static final List<String> NAMES =
            List.of(
                    "JournalCode",
                    "JournalLib",
                    "EcritureNum",
                    "EcritureDate",
                    "CompteNum",
                    "CompteLib",
                    "CompAuxNum",
                    "CompAuxLib",
                    "PieceRef",
                    "PieceDate",
                    "EcritureLib",
                    "Debit",
                    "Credit",
                    "EcritureLet",
                    "DateLet",
                    "ValidDate",
                    "Montantdevise",
                    "Idevise");
    private static final List<String> MANDATORY =
            List.of(
                    "JournalCode",
                    "JournalLib",
                    "EcritureNum",
                    "EcritureDate",
                    "CompteNum",
                    "CompteLib",
                    "PieceRef",
                    "PieceDate",
                    "EcritureLib",
                    "Debit",
                    "Credit",
                    "ValidDate");
    private static final String DATE = "20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])";
    private static final String AMOUNT = "[0-9]+,[0-9]{2}";

    private final List<String> broken = new ArrayList<>();
    private final List<Map<String, String>> lines = new ArrayList<>();

    public FecForTests(byte[] file) {
        String text = decoded(file);
        check(text.endsWith("\r\n"), "the last line ends with CR LF");
        check(
                text.replace("\r\n", "").chars().noneMatch(c -> c == '\r' || c == '\n' || c == '|'),
                "records end with CR LF, and fields have no separators");
        String[] records = text.split("\r\n", -1);
        check(records[0].equals(String.join("\t", NAMES)), "the header names the 18 fields");
        for (int i = 1; i < records.length - 1; i++) {
            String[] fields = records[i].split("\t", -1);
            if (fields.length == NAMES.size()) {
                var line = new LinkedHashMap<String, String>();
                for (int field = 0; field < fields.length; field++) {
                    line.put(NAMES.get(field), fields[field]);
                }
                lines.add(line);
                checkFields(line);
            } else {
                broken.add("line " + i + " has " + fields.length + " fields");
            }
        }
        checkEntries();
        checkLettering();
    }

    public List<String> broken() {
        return broken;
    }

    public List<Map<String, String>> lines() {
        return lines;
    }

    /** Debit less credit of each account. */
    public Map<String, BigDecimal> balances() {
        Map<String, BigDecimal> balances = new TreeMap<>();
        lines.forEach(
                line -> balances.merge(line.get("CompteNum"), balance(line), BigDecimal::add));
        return balances;
    }

    /** Debit less credit of an account in the currency of each sale, euros where none is said. */
    public Map<String, BigDecimal> balancesByCurrency(String account) {
        Map<String, BigDecimal> balances = new TreeMap<>();
        for (var line : lines) {
            if (line.get("CompteNum").equals(account)) {
                String currency = line.get("Idevise").isEmpty() ? "EUR" : line.get("Idevise");
                var euros = balance(line);
                var amount =
                        line.get("Idevise").isEmpty()
                                ? euros
                                : amount(line.get("Montantdevise"))
                                        .multiply(BigDecimal.valueOf(euros.signum()));
                balances.merge(currency, amount, BigDecimal::add);
            }
        }
        return balances;
    }

    private String decoded(byte[] file) {
        for (byte each : file) {
            int c = each & 0xff;
            check(
                    c == '\t' || c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7f) || c >= 0xa0,
                    "no byte is a control character of ISO 8859-15");
        }
        try {
            return Charset.forName("ISO-8859-15")
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError(e);
        }
    }

    private void checkFields(Map<String, String> line) {
        MANDATORY.forEach(name -> check(!line.get(name).isBlank(), name + " is there"));
        for (String name : List.of("EcritureDate", "PieceDate", "ValidDate")) {
            check(line.get(name).matches(DATE), name + " is a date");
        }
        check(line.get("DateLet").matches("|" + DATE), "DateLet is a date");
        check(line.get("CompteNum").matches("[0-9]{3}[0-9A-Z]*"), "an account has three digits");
        check(line.get("Debit").matches(AMOUNT), "Debit has a comma and nothing else");
        check(line.get("Credit").matches(AMOUNT), "Credit has a comma and nothing else");
        check(
                line.get("Debit").equals("0,00") != line.get("Credit").equals("0,00"),
                "either debit or credit");
        check(
                line.get("Montantdevise").isEmpty() == line.get("Idevise").isEmpty(),
                "an amount in a currency names it");
        check(line.get("Idevise").matches("|[A-Z]{3}"), "a currency has three letters");
        check(
                line.get("CompAuxNum").isEmpty() == line.get("CompAuxLib").isEmpty(),
                "an auxiliary account has a label");
    }

    private void checkEntries() {
        int number = 0;
        String date = "";
        Map<String, BigDecimal> entries = new LinkedHashMap<>();
        Map<String, String> labels = new TreeMap<>();
        Map<String, String> heads = new TreeMap<>();
        for (var line : lines) {
            int given = Integer.parseInt(line.get("EcritureNum"));
            check(given == number || given == number + 1, "entries are numbered without a gap");
            number = given;
            check(line.get("EcritureDate").compareTo(date) >= 0, "entries are in order of time");
            date = line.get("EcritureDate");
            check(line.get("PieceDate").compareTo(date) <= 0, "no piece is younger than its entry");
            entries.merge(line.get("EcritureNum"), balance(line), BigDecimal::add);
            String head = line.get("JournalCode") + line.get("EcritureDate") + line.get("PieceRef");
            check(
                    heads.computeIfAbsent(line.get("EcritureNum"), _ -> head).equals(head),
                    "an entry is of one journal, day and piece");
            check(
                    labels.computeIfAbsent(line.get("CompteNum"), _ -> line.get("CompteLib"))
                            .equals(line.get("CompteLib")),
                    "an account has one label");
        }
        entries.forEach((entry, sum) ->
                check(sum.signum() == 0, "entry " + entry + " is balanced, not " + sum));
    }

    private void checkLettering() {
        Map<String, BigDecimal> letters = new TreeMap<>();
        for (var line : lines) {
            boolean isCustomer = line.get("CompteNum").startsWith("411");
            check(
                    isCustomer != line.get("EcritureLet").isEmpty(),
                    "customers' lines are lettered, and no others");
            if (isCustomer) {
                letters.merge(line.get("EcritureLet"), balance(line), BigDecimal::add);
            }
        }
        letters.forEach((letter, sum) -> check(sum.signum() == 0, letter + " is settled"));
    }

    private void check(boolean holds, String rule) {
        if (!holds && !broken.contains(rule)) {
            broken.add(rule);
        }
    }

    private static BigDecimal balance(Map<String, String> line) {
        return amount(line.get("Debit")).subtract(amount(line.get("Credit")));
    }

    public static BigDecimal amount(String text) {
        return new BigDecimal(text.replace(',', '.'));
    }
}
