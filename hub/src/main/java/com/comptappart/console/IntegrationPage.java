package com.comptappart.console;

import com.comptappart.people.Act;
import com.comptappart.webhook.Certification;
import com.comptappart.webhook.Certifications;
import com.comptappart.webhook.GoLive;
import com.comptappart.webhook.TakenNotifications;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a partner's developer begins: what is done, what comes next, and the endpoints. */
@Controller
@May(Act.ENDPOINTS)
class IntegrationPage {

    /** A partner to choose, where the page is nobody's. */
    record Choice(String name, String url) {}

    private final PartnerEndpoints found;
    private final Checklist checklist;
    private final Certifications certifications;
    private final GoLive goLive;
    private final TakenNotifications taken;
    private final Places places;

    IntegrationPage(
            PartnerEndpoints found,
            Checklist checklist,
            Certifications certifications,
            GoLive goLive,
            TakenNotifications taken,
            Places places) {
        this.found = found;
        this.checklist = checklist;
        this.certifications = certifications;
        this.goLive = goLive;
        this.taken = taken;
        this.places = places;
    }

    @GetMapping("/console/{partner}/{environment:test|live}/integration")
    String show(Place place, Words words, Visitor visitor, Model model) {
        var known = PartnerEndpoints.partnerOf(place);
        if (known.isEmpty()) {
            model.addAttribute("partners", choices(place, visitor));
            return "console/integration-choice";
        }
        var partner = known.get();
        var lines = checklist.of(words, place, partner);
        var success = taken.lastOfEach(partner, place.environment());
        model.addAttribute("lines", lines);
        model.addAttribute("ticked", lines.stream().filter(Checklist.Line::done).count());
        model.addAttribute(
                "endpoints",
                found.all(place).stream()
                        .map(each -> EndpointCard.of(words, place, each, success.get(each.id())))
                        .toList());
        model.addAttribute(
                "locks",
                goLive.locks(partner).stream()
                        .map(lock -> words.text("lock." + lock.name()))
                        .toList());
        model.addAttribute(
                "certifications",
                certifications.latest(partner).stream()
                        .map(each -> row(place, words, each))
                        .toList());
        return "console/integration";
    }

    private static CertificationPages.Row row(Place place, Words words, Certification each) {
        return CertificationPages.row(place, words, each);
    }

    private List<Choice> choices(Place place, Visitor visitor) {
        return places.partners(visitor).stream()
                .map(partner ->
                        new Choice(
                                partner.name(),
                                Place.path(
                                        places.word(partner.id()),
                                        place.environment(),
                                        "/integration")))
                .toList();
    }
}
