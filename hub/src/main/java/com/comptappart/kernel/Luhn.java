package com.comptappart.kernel;

/** The check digit that SIREN and SIRET have (ISO/IEC 7812-1, annex B). */
public final class Luhn {

    private Luhn() {}

    /**
     * @param digits nothing but 0 to 9
     */
    public static boolean holds(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
