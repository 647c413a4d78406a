package com.comptappart.console;

import com.comptappart.buyer.Declaration.Said;
import com.comptappart.kernel.Refused;
import com.comptappart.people.EmailAddress;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer filled in. What goes into the acknowledgement, which leaves for an address that
 * nobody has proven, holds no address of a site: it must not carry others' messages.
 *
 * @param contrat the reference
 * @param date the wished end, {@code 2026-12-31}; empty for as soon as possible
 * @param vendeur the seller whose page it is; empty for the page of all
 */
record DeclarationForm(
        String nom, String email, String contrat, String date, String motif, String vendeur) {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REFERENCE = 60;
    static final int LONGEST_MOTIVE = 500;
    private static final String SITE = "(?s).*(://|www\\.|[\\p{L}\\p{N}]\\.\\p{L}{2,}).*";

    DeclarationForm {
        nom = line(nom);
        email = line(email);
        contrat = line(contrat);
        date = line(date);
        motif = motif == null ? "" : motif.replaceAll("[\\p{Cntrl}&&[^\\n]]+", " ").strip();
        vendeur = line(vendeur);
    }

    private static String line(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    DeclarationForm filled(String name, String address, String shop) {
        return new DeclarationForm(name, address, contrat, date, motif, shop);
    }

    /** What is wrong, by field; the words are {@code buyers.problem.…}. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        if (nom.isEmpty()) {
            problems.put("nom", "name-missing");
        } else if (nom.length() > LONGEST_NAME || nom.matches(SITE)) {
            problems.put("nom", "name-unusable");
        }
        if (!isAddress(email)) {
            problems.put("email", "email-unusable");
        }
        if (contrat.length() > LONGEST_REFERENCE || contrat.matches(SITE)) {
            problems.put("contrat", "reference-unusable");
        }
        if (!date.isEmpty() && wished() == null) {
            problems.put("date", "date-unusable");
        }
        if (motif.length() > LONGEST_MOTIVE) {
            problems.put("motif", "motive-too-long");
        }
        return problems;
    }

    private static boolean isAddress(String text) {
        try {
            return !new EmailAddress(text).value().isEmpty();
        } catch (Refused notAnAddress) {
            return false;
        }
    }

    private @Nullable LocalDate wished() {
        try {
            return date.isEmpty() ? null : LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Where nothing is wrong. */
    Said said(String language) {
        return new Said(nom, new EmailAddress(email).value(), contrat, wished(), motif, language);
    }
}
