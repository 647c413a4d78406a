package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.partner.Partners;
import com.comptappart.people.Act;
import com.comptappart.webhook.EndpointAlert;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which alerts there are and who gets them. */
@Controller
@May(Act.SETTINGS)
@RequestMapping("/console/{partner}/{environment:test|live}/reglages/alertes")
class AlertPages {

    private static final String PAGE = "/reglages/alertes";

    /** An alert with when it is sent. */
    record Kind(String name, String text) {}

    private final Partners partners;
    private final boolean operator;

    AlertPages(Partners partners, @Value("${comptappart.operator-email:}") String operator) {
        this.partners = partners;
        this.operator = !operator.isBlank();
    }

    @GetMapping
    ModelAndView show(Place place, Words words) {
        var partner = partners.get(PartnerEndpoints.partner(place));
        return page(place, words, partner.contactEmail(), partner.locale(), "", HttpStatus.OK);
    }

    @PostMapping
    ModelAndView change(
            Place place,
            Words words,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "fr") String locale,
            Acts acts,
            RedirectAttributes flash) {
        var partner = PartnerEndpoints.partner(place);
        try {
            acts.of("partner.contact-changed", partner.value())
                    .everywhere()
                    .giving(
                            () -> partners.update(partner, null, email.strip(), locale, null),
                            _ -> partner.value());
        } catch (Refused refused) {
            return page(
                    place,
                    words,
                    email,
                    locale,
                    words.textOr("settings.error." + refused.code(), refused.detail()),
                    HttpStatus.BAD_REQUEST);
        }
        flash.addFlashAttribute("done", "act.contact-changed");
        return new ModelAndView("redirect:" + place.path(PAGE));
    }

    private ModelAndView page(
            Place place,
            Words words,
            String email,
            String locale,
            String problem,
            HttpStatus status) {
        var page = new ModelAndView("console/alerts", status);
        page.addObject("email", email);
        page.addObject("locale", locale);
        page.addObject("problem", problem);
        page.addObject("operator", operator);
        page.addObject("action", place.path(PAGE));
        page.addObject("kinds", kinds(words));
        return page;
    }

    private static List<Kind> kinds(Words words) {
        return Arrays.stream(EndpointAlert.Kind.values())
                .map(kind ->
                        new Kind(
                                words.text("alert." + kind.name()),
                                words.text("alert." + kind.name() + ".text")))
                .toList();
    }
}
