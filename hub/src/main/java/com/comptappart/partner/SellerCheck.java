package com.comptappart.partner;

import com.comptappart.kernel.Luhn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What is missing from the seller's settings, and what is there and can't be right. */
final class SellerCheck {

    /** Of the mainland, the overseas departments and Corsica; 0 for what an article exempts. */
    private static final List<BigDecimal> RATES =
            Stream.of("0", "20", "13", "10", "8.5", "5.5", "2.1", "1.75", "1.05", "0.9")
                    .map(BigDecimal::new)
                    .toList();

    /** Whose branches have no check digit of their own. */
    private static final String LA_POSTE = "356000000";

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final SellerProperties given;
    private final List<String> wrong = new ArrayList<>();

    private SellerCheck(SellerProperties given) {
        this.given = given;
    }

    /** The variables that an invoice can't do without and that are not set. */
    static List<String> missing(SellerProperties given) {
        var missing = new ArrayList<String>();
        need(missing, "NAME", !given.name().isBlank());
        need(missing, "LEGALFORM", !given.legalForm().isBlank());
        need(missing, "ADDRESS_LINE1", !given.address().line1().isBlank());
        need(missing, "ADDRESS_POSTALCODE", !given.address().postalCode().isBlank());
        need(missing, "ADDRESS_CITY", !given.address().city().isBlank());
        need(missing, "SIREN (9 digits)", !given.siren().isBlank());
        need(missing, "VATNUMBER", given.franchise() || !given.vatNumber().isBlank());
        return missing;
    }

    private static void need(List<String> missing, String variable, boolean there) {
        if (!there) {
            missing.add("COMPTAPPART_SELLER_" + variable);
        }
    }

    /** What can't be right, each in a sentence that says what to do. */
    static List<String> wrong(SellerProperties given) {
        var check = new SellerCheck(given);
        check.numbers();
        check.vat();
        check.words();
        return List.copyOf(check.wrong);
    }

    private void numbers() {
        String siren = given.siren();
        if (!siren.isBlank()) {
            refuse(
                    !siren.matches("[0-9]{9}"),
                    "SIREN",
                    siren,
                    "write its 9 digits, without spaces");
            refuse(
                    siren.matches("[0-9]{9}") && !Luhn.holds(siren),
                    "SIREN",
                    siren,
                    "its check digit is wrong, look for a mistyped digit");
        }
        String siret = given.siret();
        if (!siret.isBlank()) {
            boolean whole = siret.matches("[0-9]{14}");
            refuse(!whole, "SIRET", siret, "write its 14 digits, without spaces");
            refuse(
                    whole && !siret.startsWith(siren),
                    "SIRET",
                    siret,
                    "it must begin with COMPTAPPART_SELLER_SIREN (" + siren + "), correct one");
            refuse(
                    whole && !siret.startsWith(LA_POSTE) && !Luhn.holds(siret),
                    "SIRET",
                    siret,
                    "its check digit is wrong, look for a mistyped digit");
        }
        String inRcs = given.rcs().replaceAll("[^0-9]", "");
        refuse(
                inRcs.length() >= 9 && !inRcs.contains(siren),
                "RCS",
                given.rcs(),
                "its number must be COMPTAPPART_SELLER_SIREN (" + siren + "), correct one");
    }

    private void vat() {
        String number = given.vatNumber();
        if (!number.isBlank()) {
            boolean french = number.startsWith("FR");
            boolean formed =
                    french
                            ? number.matches("FR[0-9A-Z]{2}[0-9]{9}")
                            : number.matches("[A-Z]{2}[0-9A-Z+*]{2,12}");
            refuse(
                    !formed,
                    "VATNUMBER",
                    number,
                    "write it without spaces, in France as FR, 2 characters and the SIREN");
            refuse(
                    formed
                            && french
                            && given.vatGroup().name().isBlank()
                            && !number.endsWith(given.siren()),
                    "VATNUMBER",
                    number,
                    "it must end with COMPTAPPART_SELLER_SIREN ("
                            + given.siren()
                            + "), correct one");
        }
        refuse(
                !Set.of("normal", "franchise").contains(given.vatRegime()),
                "VATREGIME",
                given.vatRegime(),
                "write normal or franchise");
        refuse(
                RATES.stream().noneMatch(rate -> rate.compareTo(given.vatRate()) == 0),
                "VATRATE",
                given.vatRate().toPlainString(),
                "no such rate is in force in France, write 20, 10, 5.5, 2.1 or one of the overseas"
                        + " departments' or Corsica's");
        refuse(
                !given.vatGroup().isWhole(),
                "VATGROUP_NAME",
                given.vatGroup().name(),
                "set COMPTAPPART_SELLER_VATGROUP_ADDRESS and COMPTAPPART_SELLER_VATGROUP_VATNUMBER"
                        + " (FR and 11 characters) too");
    }

    private void words() {
        refuse(
                !Set.of("goods", "services", "mixed").contains(given.nature()),
                "NATURE",
                given.nature(),
                "write goods, services or mixed");
        String country = given.address().country();
        refuse(
                !COUNTRIES.contains(country),
                "ADDRESS_COUNTRY",
                country,
                "write the two letters of ISO 3166, as FR");
        String code = given.address().postalCode();
        refuse(
                country.equals("FR") && !code.isBlank() && !code.matches("[0-9]{5}"),
                "ADDRESS_POSTALCODE",
                code,
                "write its 5 digits");
        refuse(
                !given.email().isBlank() && !given.email().matches("[^\\s@]+@[^\\s@]+"),
                "EMAIL",
                given.email(),
                "write an address as compta@example.com, or none");
        for (var prefix : List.of("INVOICEPREFIX", "CREDITNOTEPREFIX")) {
            String value =
                    prefix.equals("INVOICEPREFIX")
                            ? given.invoicePrefix()
                            : given.creditNotePrefix();
            refuse(
                    !value.matches("[A-Z0-9-]{1,12}"),
                    prefix,
                    value,
                    "write 1 to 12 of A-Z, 0-9 and -");
        }
        refuse(
                given.creditNotePrefix().equals(given.invoicePrefix()),
                "CREDITNOTEPREFIX",
                given.creditNotePrefix(),
                "invoices and credit notes have series of their own, write another prefix than"
                        + " COMPTAPPART_SELLER_INVOICEPREFIX");
    }

    private void refuse(boolean isWrong, String variable, String value, String whatToDo) {
        if (isWrong) {
            wrong.add("COMPTAPPART_SELLER_" + variable + " is '" + value + "': " + whatToDo);
        }
    }
}
