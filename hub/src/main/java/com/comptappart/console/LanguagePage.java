package com.comptappart.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** The switch between French and English: remembers the choice and goes back to the page. */
@Controller
@Open
class LanguagePage {

    private final LocaleResolver languages;

    LanguagePage(LocaleResolver languages) {
        this.languages = languages;
    }

    @GetMapping("/console/langue")
    String choose(
            @RequestParam(defaultValue = "fr") String langue,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        languages.setLocale(request, response, Locale.of(langue));
        String back = SignInPages.safe(to);
        return "redirect:" + (back.isEmpty() ? "/console" : back);
    }
}
