package com.comptappart.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.LocaleResolver;

/** French or English: what the reader chose, else what the browser asks for first, else French. */
class Language implements LocaleResolver {

    static final String COOKIE = "comptappart_langue";
    private static final List<String> SPOKEN = List.of("fr", "en");
    private static final int A_YEAR_IN_SECONDS = 31_536_000;

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return chosen(request.getCookies()).orElseGet(() -> asked(request));
    }

    private static java.util.Optional<Locale> chosen(Cookie @Nullable [] cookies) {
        if (cookies == null) {
            return java.util.Optional.empty();
        }
        return Arrays.stream(cookies)
                .filter(cookie -> COOKIE.equals(cookie.getName()))
                .map(Cookie::getValue)
                .filter(SPOKEN::contains)
                .map(Locale::of)
                .findFirst();
    }

    private static Locale asked(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return Locale.FRENCH;
        }
        return Collections.list(request.getLocales()).stream()
                .map(Locale::getLanguage)
                .filter(SPOKEN::contains)
                .findFirst()
                .map(Locale::of)
                .orElse(Locale.FRENCH);
    }

    @Override
    public void setLocale(
            HttpServletRequest request,
            @Nullable HttpServletResponse response,
            @Nullable Locale locale) {
        if (response == null || locale == null || !SPOKEN.contains(locale.getLanguage())) {
            return;
        }
        var cookie = new Cookie(COOKIE, locale.getLanguage());
        // Two cookies: the pages of buyers are none of the console's.
        cookie.setPath(request.getRequestURI().startsWith("/console") ? "/console" : "/");
        cookie.setMaxAge(A_YEAR_IN_SECONDS);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }
}
