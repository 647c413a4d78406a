package com.comptappart.invoice;

import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The texts of law that invoices quote, each with the days on which it is in force: {@code
 * legal-texts.json}, and what the seller adds ({@link LegalTextsFile}). What an invoice quotes is
 * chosen by the day of the supply and frozen with it.
 *
 * <p>Source: {@code invoicing.md}, A1; the VAT articles move to the CIBS, and those of the CGI may
 * be quoted until the end of 2027.
 */
public final class LegalTexts {

    /**
     * A text of law.
     *
     * @param key what it is about; for exemptions the ground of a {@link VatTreatment}
     * @param code VATEX, empty where there is none
     * @param from the first day
     * @param to the last day; null where none is known
     */
    record Entry(
            String key,
            String code,
            String text,
            @JsonProperty("valid_from") LocalDate from,
            @JsonProperty("valid_to") @Nullable LocalDate to) {

        boolean hasBegun(LocalDate on) {
            return !on.isBefore(from);
        }

        boolean isInForce(LocalDate on) {
            return hasBegun(on) && (to == null || !on.isAfter(to));
        }
    }

    private static final LegalTexts BUILT_IN = new LegalTexts(read());

    private final List<Entry> entries;

    LegalTexts(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    private static List<Entry> read() {
        return JsonMapper.builder()
                .build()
                .readValue(
                        Resources.bytes("legal-texts.json"), new TypeReference<List<Entry>>() {});
    }

    /** Those that come with this version, without what the seller added. */
    static LegalTexts builtIn() {
        return BUILT_IN;
    }

    /** With others: where two are in force, the one that began later is quoted. */
    LegalTexts with(List<Entry> others) {
        var all = new ArrayList<>(entries);
        all.addAll(others);
        return new LegalTexts(all);
    }

    /** The VATEX code of a key, empty where none of its texts has one. */
    String code(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key) && !entry.code().isEmpty())
                .map(Entry::code)
                .findFirst()
                .orElse("");
    }

    /** Texts that are no longer in force on a day, and that nothing follows. */
    List<Entry> lapsed(LocalDate on) {
        return entries.stream()
                .map(Entry::key)
                .distinct()
                .map(key -> find(key, on))
                .flatMap(Optional::stream)
                .filter(entry -> !entry.isInForce(on))
                .toList();
    }

    /** Whether a ground has a text on that day. */
    public boolean has(String key, LocalDate on) {
        return find(key, on).isPresent();
    }

    /**
     * Why something is not taxed; null where it is taxed, or at a rate of zero.
     *
     * @param on the day of the supply
     */
    public @Nullable Exemption exemption(VatTreatment treatment, LocalDate on) {
        if (treatment.category() == VatCategory.S || treatment.category() == VatCategory.Z) {
            return null;
        }
        if (!has(treatment.ground(), on)) {
            // A code that we have no text for is printed as it was given.
            return new Exemption("", "Exonération de TVA (" + treatment.ground() + ")");
        }
        var entry = entry(treatment.ground(), on);
        boolean says = treatment.category() == VatCategory.O || !entry.code().equals("VATEX-EU-O");
        return new Exemption(says ? entry.code() : "", entry.text());
    }

    /**
     * The other mentions of an invoice.
     *
     * @param oss whether a line has the tax of another member state
     * @param guarantee the seller's own words to consumers, empty where there are none
     */
    public List<Note> notes(
            SellerSnapshot seller, Party buyer, boolean oss, String guarantee, LocalDate on) {
        var notes = new ArrayList<Note>();
        boolean business = buyer.business();
        if (seller.vatOnDebits()) {
            notes.add(new Note("", text("DEBITS", on), true));
        }
        if (oss) {
            notes.add(new Note("AAI", text("OSS", on), true));
        }
        var group = seller.vatGroup();
        if (group != null) {
            String member = text("VAT-GROUP", on);
            notes.add(new Note("TXD", "MEMBRE_ASSUJETTI_UNIQUE", false));
            notes.add(
                    new Note(
                            "",
                            member
                                    + " : "
                                    + group.name()
                                    + ", "
                                    + group.address()
                                    + ", N° TVA "
                                    + group.vatNumber(),
                            true));
        }
        if (!business && !guarantee.isBlank()) {
            notes.add(new Note("AAI", guarantee, true));
        }
        notes.add(payment("PMD", "LATE-PENALTIES", business, on));
        notes.add(payment("PMT", "RECOVERY", business, on));
        notes.add(payment("AAB", "NO-DISCOUNT", business, on));
        return notes;
    }

    /** Consumers owe none of it (C. com. L441-10); the French rules want the notes all the same. */
    private Note payment(String subject, String key, boolean business, LocalDate on) {
        return new Note(subject, text(business ? key : "NOT-FOR-CONSUMERS", on), business);
    }

    String text(String key, LocalDate on) {
        return entry(key, on).text();
    }

    private Entry entry(String key, LocalDate on) {
        return find(key, on)
                .orElseThrow(
                        () -> new IllegalStateException("no text of law '" + key + "' on " + on));
    }

    /**
     * The text in force on that day. Where it ended and nothing follows, it is still quoted: an old
     * reference is worth more than an invoice that is not made.
     */
    private Optional<Entry> find(String key, LocalDate on) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key) && entry.hasBegun(on))
                .max(
                        Comparator.<Entry, Boolean>comparing(entry -> entry.isInForce(on))
                                .thenComparing(Entry::from));
    }
}
