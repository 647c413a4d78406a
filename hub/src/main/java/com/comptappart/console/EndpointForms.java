package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.AddressChecks;
import com.comptappart.webhook.Endpoints;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Adds and changes endpoints. */
@Controller
@May(Act.ENDPOINTS)
@RequestMapping("/console/{partner}/{environment:test|live}/integration")
class EndpointForms {

    private final PartnerEndpoints found;
    private final Endpoints endpoints;
    private final AddressChecks checks;

    EndpointForms(PartnerEndpoints found, Endpoints endpoints, AddressChecks checks) {
        this.found = found;
        this.endpoints = endpoints;
        this.checks = checks;
    }

    @GetMapping("/nouveau")
    ModelAndView blank(Place place, Words words) {
        PartnerEndpoints.partner(place);
        return page(place, words, EndpointForm.empty(), null, Map.of(), HttpStatus.OK);
    }

    /**
     * @param act {@code verifier} tries the address and makes nothing yet
     */
    @PostMapping("/nouveau")
    ModelAndView create(
            Place place,
            Words words,
            @ModelAttribute EndpointForm form,
            Acts acts,
            @RequestParam(defaultValue = "") String act) {
        var partner = PartnerEndpoints.partner(place);
        if (act.equals("verifier")) {
            return checked(place, words, form, null);
        }
        var problems = form.problems(words, endpoints);
        if (!problems.isEmpty()) {
            return page(place, words, form, null, problems, HttpStatus.BAD_REQUEST);
        }
        try {
            var made =
                    acts.of("endpoint.created", "")
                            .giving(
                                    () ->
                                            endpoints.create(
                                                    partner, place.environment(), form.wish()),
                                    each -> each.endpoint().id());
            var page = new ModelAndView("console/once");
            page.addObject("once", SecretPages.shown(place, words, "secret.created", made));
            return page;
        } catch (Refused refused) {
            return page(
                    place,
                    words,
                    form,
                    null,
                    Map.of("form", EndpointForm.said(words, refused)),
                    HttpStatus.CONFLICT);
        }
    }

    @GetMapping("/{endpoint:we_[A-Za-z0-9]+}/modifier")
    ModelAndView change(Place place, Words words, @PathVariable String endpoint) {
        var known = found.get(place, endpoint);
        return page(place, words, EndpointForm.of(known), known.id(), Map.of(), HttpStatus.OK);
    }

    @PostMapping("/{endpoint:we_[A-Za-z0-9]+}/modifier")
    ModelAndView update(
            Place place,
            Words words,
            @PathVariable String endpoint,
            @ModelAttribute EndpointForm form,
            Acts acts,
            @RequestParam(defaultValue = "") String act,
            RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        if (act.equals("verifier")) {
            return checked(place, words, form, known.id());
        }
        var problems = form.problems(words, endpoints);
        if (!problems.isEmpty()) {
            return page(place, words, form, known.id(), problems, HttpStatus.BAD_REQUEST);
        }
        return new ModelAndView(
                acts.of("endpoint.updated", known.id())
                        .done(
                                flash,
                                "act.endpoint-changed",
                                PartnerEndpoints.path(place, known),
                                () -> endpoints.update(known, form.wish())));
    }

    private ModelAndView checked(
            Place place, Words words, EndpointForm form, @Nullable String endpoint) {
        var page =
                page(place, words, form, endpoint, form.problems(words, endpoints), HttpStatus.OK);
        var check = checks.check(PartnerEndpoints.partner(place), form.shownUrl());
        page.addObject("check", EndpointCard.steps(words, check));
        return page;
    }

    private static ModelAndView page(
            Place place,
            Words words,
            EndpointForm form,
            @Nullable String endpoint,
            Map<String, String> problems,
            HttpStatus status) {
        String back = place.path("/integration" + (endpoint == null ? "" : "/" + endpoint));
        var page = new ModelAndView("console/endpoint-form", status);
        page.addObject("form", form);
        page.addObject("boxes", form.boxes(words));
        page.addObject("isNew", endpoint == null);
        page.addObject("problems", problems);
        page.addObject("back", back);
        page.addObject(
                "action",
                endpoint == null ? place.path("/integration/nouveau") : back + "/modifier");
        return page;
    }
}
