package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Certifications;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.GoLive;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The switch to real sales, with its reasons while it is locked. */
@Controller
@May(Act.SETTINGS)
@RequestMapping("/console/{partner}/{environment:live}/integration/mise-en-service")
class GoLivePages {

    private final GoLive goLive;
    private final Certifications certifications;

    GoLivePages(GoLive goLive, Certifications certifications) {
        this.goLive = goLive;
        this.certifications = certifications;
    }

    @GetMapping
    ModelAndView ask(Place place, Words words) {
        var partner = PartnerEndpoints.partner(place);
        String url = certifications.certified(partner).map(Endpoint::url).orElse("");
        return page(place, words, url, "", HttpStatus.OK);
    }

    @PostMapping
    ModelAndView go(
            Place place, Words words, Acts acts, @RequestParam(defaultValue = "") String url) {
        var partner = PartnerEndpoints.partner(place);
        try {
            var made =
                    acts.of("endpoint.went-live", "")
                            .giving(
                                    () -> goLive.go(partner, url.strip()),
                                    each -> each.endpoint().id());
            var page = new ModelAndView("console/once");
            page.addObject("once", SecretPages.shown(place, words, "secret.live", made));
            return page;
        } catch (Refused refused) {
            return page(
                    place, words, url, EndpointForm.said(words, refused), HttpStatus.BAD_REQUEST);
        }
    }

    private ModelAndView page(
            Place place, Words words, String url, String problem, HttpStatus status) {
        var partner = PartnerEndpoints.partner(place);
        var page = new ModelAndView("console/go-live", status);
        page.addObject(
                "locks",
                goLive.locks(partner).stream()
                        .map(lock -> words.text("lock." + lock.name()))
                        .toList());
        page.addObject("url", url);
        page.addObject("problem", problem);
        page.addObject("action", place.path("/integration/mise-en-service"));
        page.addObject("back", place.path("/integration"));
        page.addObject("test", Place.path(place.word(), Environment.STAGING, "/integration"));
        return page;
    }
}
