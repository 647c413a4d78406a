package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Recoveries;
import com.comptappart.webhook.Recovery;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What endpoints did not get, sent again: what waits, what will happen, how far it is, its end. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/livraisons")
class RecoveryPages {

    private static final PageRequest LATEST = new PageRequest(10, null);

    private final Recoveries recoveries;
    private final RecoveryPlans plans;
    private final Endpoints endpoints;
    private final EndpointNames names;
    private final Places places;

    RecoveryPages(
            Recoveries recoveries,
            RecoveryPlans plans,
            Endpoints endpoints,
            EndpointNames names,
            Places places) {
        this.recoveries = recoveries;
        this.plans = plans;
        this.endpoints = endpoints;
        this.names = names;
        this.places = places;
    }

    @GetMapping("/reprise")
    String plan(Place place, Words words, Model model) {
        var known = names.of(place);
        model.addAttribute("plans", plans.of(place, words));
        model.addAttribute(
                "recoveries",
                recoveries.list(place.partner(), place.environment(), LATEST).data().stream()
                        .map(each ->
                                RecoveryView.of(
                                        words,
                                        each,
                                        places.word(each.partner()),
                                        known.getOrDefault(each.endpointId(), each.endpointId())))
                        .toList());
        return "console/recoveries";
    }

    @GetMapping("/reprise/{endpoint:we_[A-Za-z0-9]{1,64}}")
    String ask(
            Place place,
            Words words,
            @PathVariable String endpoint,
            RecoveryAsked asked,
            Model model) {
        var found = endpoint(place, endpoint);
        var counted = plans.count(found, asked);
        var wish = counted.wish();
        model.addAttribute("url", place.path("/livraisons/reprise/" + found.id()));
        model.addAttribute("endpoint", EndpointNames.name(found));
        model.addAttribute("state", RecoveryPlans.state(words, found));
        model.addAttribute("sending", found.enabled());
        model.addAttribute("wish", wish);
        model.addAttribute("day", Paris.dayOf(wish.since()).toString());
        model.addAttribute("since", words.exactTime(wish.since()));
        model.addAttribute("statuses", Recovery.Status.values());
        model.addAttribute("found", counted.found());
        model.addAttribute("amounts", RecoveryView.amounts(words, counted.found()));
        model.addAttribute(
                "duration",
                RecoveryView.duration(words, counted.found().count(), wish.perSecond()));
        return "console/recover";
    }

    @May(Act.REPLAY)
    @PostMapping("/reprise/{endpoint:we_[A-Za-z0-9]{1,64}}")
    String run(
            Place place,
            @PathVariable String endpoint,
            RecoveryAsked asked,
            Principal signedIn,
            Acts acts,
            RedirectAttributes flash) {
        var found = endpoint(place, endpoint);
        var wish = plans.count(found, asked).wish();
        var started = new AtomicReference<>(place.path("/livraisons/reprise"));
        Runnable start =
                () -> {
                    var recovery = recoveries.start(found, wish, signedIn.getName()).recovery();
                    started.set(place.path("/livraisons/reprises/" + recovery.id()));
                };
        String answer =
                acts.of("notification.recovered", found.id())
                        .done(flash, "recovery.is-running", started.get(), start);
        return started.get().contains("/reprises/") ? "redirect:" + started.get() : answer;
    }

    @GetMapping("/reprises/{recovery:rec_[A-Za-z0-9]{1,64}}")
    String show(Place place, Words words, @PathVariable String recovery, Model model) {
        var found = recovery(place, recovery);
        String endpoint =
                endpoints
                        .find(found.partner(), found.environment(), found.endpointId())
                        .map(EndpointNames::name)
                        .orElse(found.endpointId());
        model.addAttribute(
                "recovery", RecoveryView.of(words, found, places.word(found.partner()), endpoint));
        model.addAttribute(
                "failures", Cursors.with(place.path("/livraisons"), "point", found.endpointId()));
        return "console/recovery";
    }

    @May(Act.REPLAY)
    @PostMapping("/reprises/{recovery:rec_[A-Za-z0-9]{1,64}}/arret")
    String stop(Place place, @PathVariable String recovery, Acts acts, RedirectAttributes flash) {
        var found = recovery(place, recovery);
        return acts.of("notification.recovery-stopped", found.id())
                .done(
                        flash,
                        "recovery.is-stopped",
                        place.path("/livraisons/reprises/" + found.id()),
                        () -> recoveries.stop(found));
    }

    private Endpoint endpoint(Place place, String id) {
        return endpoints
                .find(place.partner(), place.environment(), id)
                .orElseThrow(
                        () -> Refused.notFound("endpoint_not_found", "there is no endpoint " + id));
    }

    private Recovery recovery(Place place, String id) {
        return recoveries
                .find(place.partner(), place.environment(), id)
                .orElseThrow(
                        () -> Refused.notFound("recovery_not_found", "there is no recovery " + id));
    }
}
