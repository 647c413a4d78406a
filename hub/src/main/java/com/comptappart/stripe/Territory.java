package com.comptappart.stripe;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which territory an address is in, as VAT sees it: an address overseas is often said to be in
 * France, and Northern Ireland to be in the United Kingdom.
 *
 * @param code ISO 3166-1 alpha-2, {@link #NORTHERN_IRELAND}, or empty where nobody says
 */
record Territory(String code) {

    /** As VAT numbers call it. */
    static final String NORTHERN_IRELAND = "XI";

    /** The mainland with Monaco, which is France for VAT; also where nobody says. */
    private static final Set<String> MAINLAND = Set.of("", "FR", "MC");

    /** Where French VAT has rates of its own (CGI art. 296). */
    private static final Set<String> TAXED_OVERSEAS = Set.of("GP", "MQ", "RE");

    /** Where there is no VAT (CGI art. 294, 1). */
    private static final Set<String> UNTAXED_OVERSEAS = Set.of("GF", "YT");

    private static final Set<String> UNION =
            Set.of(
                    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU",
                    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    /** Two islands kept the postcodes of Guadeloupe, of which they are no part for VAT. */
    private static final Map<String, String> BY_WHOLE_POSTCODE =
            Map.of("97133", "BL", "97150", "MF");

    private static final Map<String, String> BY_POSTCODE =
            Map.ofEntries(
                    Map.entry("971", "GP"),
                    Map.entry("972", "MQ"),
                    Map.entry("973", "GF"),
                    Map.entry("974", "RE"),
                    Map.entry("975", "PM"),
                    Map.entry("976", "YT"),
                    Map.entry("977", "BL"),
                    Map.entry("978", "MF"),
                    Map.entry("986", "WF"),
                    Map.entry("987", "PF"),
                    Map.entry("988", "NC"));

    static Territory of(@Nullable String country, @Nullable String postalCode) {
        String code = country == null ? "" : country;
        String post = postalCode == null ? "" : postalCode.strip();
        if (code.equals("FR") && post.matches("9[78][0-9]{3}")) {
            String department = BY_POSTCODE.getOrDefault(post.substring(0, 3), code);
            return new Territory(BY_WHOLE_POSTCODE.getOrDefault(post, department));
        }
        boolean northern = code.equals("GB") && post.matches("(?i)BT[0-9].*");
        return new Territory(northern ? NORTHERN_IRELAND : code);
    }

    boolean isMainland() {
        return MAINLAND.contains(code);
    }

    boolean isTaxedOverseas() {
        return TAXED_OVERSEAS.contains(code);
    }

    boolean isUntaxedOverseas() {
        return UNTAXED_OVERSEAS.contains(code);
    }

    boolean isOverseasDepartment() {
        return isTaxedOverseas() || isUntaxedOverseas();
    }

    /** A member state; for goods Northern Ireland is as one (protocol of 2020, art. 8). */
    boolean isUnion(boolean goods) {
        return UNION.contains(code) || (goods && code.equals(NORTHERN_IRELAND));
    }
}
