package com.comptappart.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * From where someone comes.
 *
 * @param address of the network
 * @param browser what it says of itself, at most 300 characters
 * @param language {@code fr} or {@code en}
 */
record Origin(String address, String browser, String language) {

    private static final int LONGEST = 300;

    static Origin of(HttpServletRequest request) {
        String browser = request.getHeader("User-Agent");
        String said = browser == null ? "" : browser.replaceAll("\\p{Cntrl}+", " ");
        Locale language = new Language().resolveLocale(request);
        return new Origin(
                String.valueOf(request.getRemoteAddr()),
                said.substring(0, Math.min(LONGEST, said.length())),
                language.getLanguage());
    }
}
