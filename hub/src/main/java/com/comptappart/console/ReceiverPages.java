package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Endpoint;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The receivers to copy, each with the partner's own endpoints beside it. */
@Controller
@May(Act.ENDPOINTS)
@RequestMapping("/console/{partner}/{environment:test|live}/developpeurs/exemples")
class ReceiverPages {

    /** A language as a tab. */
    record Tab(String language, String url, boolean current) {}

    /** An endpoint that the receiver may stand behind, and where its secret is seen again. */
    record Secret(String url, String page) {}

    private final PartnerEndpoints found;

    ReceiverPages(PartnerEndpoints found) {
        this.found = found;
    }

    @GetMapping
    String first(Place place, Model model) {
        return shown(place, Receivers.NODE, model);
    }

    @GetMapping("/{language:[a-z0-9]{1,20}}")
    String show(Place place, @PathVariable String language, Model model) {
        var receiver =
                Receivers.of(language)
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "sample_not_found", "there is no receiver in " + language));
        return shown(place, receiver, model);
    }

    private String shown(Place place, Receivers receiver, Model model) {
        model.addAttribute(
                "tabs",
                List.of(Receivers.values()).stream()
                        .map(each ->
                                new Tab(
                                        each.language(),
                                        place.path("/developpeurs/exemples/" + each.folder()),
                                        each == receiver))
                        .toList());
        model.addAttribute("language", receiver.language());
        model.addAttribute("start", receiver.start());
        model.addAttribute("files", receiver.files());
        model.addAttribute("endpoints", secrets(place));
        return "console/receivers";
    }

    private List<Secret> secrets(Place place) {
        return PartnerEndpoints.partnerOf(place).isEmpty()
                ? List.of()
                : found.all(place).stream().map(each -> secret(place, each)).toList();
    }

    private static Secret secret(Place place, Endpoint endpoint) {
        return new Secret(endpoint.url(), PartnerEndpoints.path(place, endpoint) + "/secret");
    }
}
