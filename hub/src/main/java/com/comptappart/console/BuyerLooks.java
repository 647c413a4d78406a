package com.comptappart.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** In which colour and language buyers see their pages. */
@Controller
@Open
class BuyerLooks {

    private final LocaleResolver languages;

    BuyerLooks(LocaleResolver languages) {
        this.languages = languages;
    }

    /** A band in the seller's colour; no text is in it, so that every colour can be read. */
    @GetMapping(BuyerDoor.AREA + "/couleur/{color:[0-9a-f]{6}}.css")
    ResponseEntity<String> color(@PathVariable String color) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
                .cacheControl(CacheControl.maxAge(Duration.ofDays(30)).cachePublic())
                .body(".of-shop .top { border-top: 8px solid #" + color + "; }\n");
    }

    @GetMapping(BuyerDoor.AREA + "/langue")
    String language(
            @RequestParam(defaultValue = "fr") String langue,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        languages.setLocale(request, response, Locale.of(langue));
        return "redirect:" + safe(to);
    }

    /** Only to pages of buyers. */
    static String safe(String to) {
        boolean isOurs =
                to.matches("/[A-Za-z0-9/_.~%=&?+@-]{0,500}")
                        && !to.contains("//")
                        && BuyerDoor.isIn(to.replaceFirst("\\?.*", ""));
        return isOurs ? to : BuyerDoor.AREA;
    }
}
