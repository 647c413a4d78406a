package com.comptappart.invoice;

import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The texts of law that invoices quote, each with the days on which it is in force: {@code
 * legal-texts.json}. What an invoice quotes is frozen with it.
 *
 * <p>Source: {@code invoicing.md}, A1; articles move to the CIBS in 2027.
 */
public final class LegalTexts {

    /**
     * A text of law.
     *
     * @param key what it is about; for exemptions the ground of a {@link VatTreatment}
     * @param code VATEX, empty where there is none
     * @param from the first day
     * @param to the last day; null while it is in force
     */
    record Entry(String key, String code, String text, LocalDate from, @Nullable LocalDate to) {
        boolean isInForce(LocalDate on) {
            return !on.isBefore(from) && (to == null || !on.isAfter(to));
        }
    }

    private static final LegalTexts IN_FORCE = new LegalTexts(read());

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

    /** Those that come with this version. */
    public static LegalTexts known() {
        return IN_FORCE;
    }

    /** Whether a ground has a text on that day. */
    public boolean has(String key, LocalDate on) {
        return entries.stream().anyMatch(entry -> entry.key().equals(key) && entry.isInForce(on));
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

    private String text(String key, LocalDate on) {
        return entry(key, on).text();
    }

    private Entry entry(String key, LocalDate on) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key) && entry.isInForce(on))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no text of law '" + key + "' on " + on));
    }
}
