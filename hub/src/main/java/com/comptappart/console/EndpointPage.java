package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.AddressChecks;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.Notifications;
import com.comptappart.webhook.TakenNotifications;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One endpoint: how it is, and what can be done with it. */
@Controller
@May(Act.ENDPOINTS)
@RequestMapping("/console/{partner}/{environment:test|live}/integration/{endpoint:we_[A-Za-z0-9]+}")
class EndpointPage {

    /** How a ping went. */
    record Pinged(Badge badge, String advice, String time, String delivery) {}

    private final PartnerEndpoints found;
    private final Endpoints endpoints;
    private final AddressChecks checks;
    private final Notifications notifications;
    private final TakenNotifications taken;
    private final SecretPages secrets;

    EndpointPage(
            PartnerEndpoints found,
            Endpoints endpoints,
            AddressChecks checks,
            Notifications notifications,
            TakenNotifications taken,
            SecretPages secrets) {
        this.found = found;
        this.endpoints = endpoints;
        this.checks = checks;
        this.notifications = notifications;
        this.taken = taken;
        this.secrets = secrets;
    }

    @GetMapping
    String show(
            Place place,
            Words words,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") String ping,
            HttpServletResponse response,
            Model model) {
        var known = found.get(place, endpoint);
        var success = taken.lastOfEach(known.partner(), known.environment()).get(known.id());
        model.addAttribute("endpoint", EndpointCard.of(words, place, known, success));
        model.addAttribute("old", secrets.old(words, known));
        checks.last(known)
                .ifPresent(check -> {
                    model.addAttribute("check", EndpointCard.steps(words, check));
                    model.addAttribute("checkedAt", words.time(check.at()));
                });
        if (!ping.isEmpty()) {
            var pinged =
                    notifications
                            .find(known.partner(), known.environment(), ping)
                            .filter(each -> each.endpointId().equals(known.id()))
                            .orElseThrow(() ->
                                    Refused.notFound(
                                            "notification_not_found", "there is no ping " + ping));
            model.addAttribute("ping", pinged(words, place, pinged));
            if (pinged.attempts() == 0 && pinged.endedAt() == null) {
                response.setHeader("Refresh", "2");
            }
        }
        return "console/endpoint";
    }

    private Pinged pinged(Words words, Place place, Notification ping) {
        var attempts = notifications.attempts(ping);
        var last = attempts.isEmpty() ? null : attempts.getLast();
        String status = last == null || last.status() == 0 ? "" : " · HTTP " + last.status();
        var badge =
                switch (ping.state()) {
                    case DELIVERED -> Badge.ok(words.text("ping.delivered") + status);
                    case FAILED -> Badge.bad(words.text("ping.failed") + status);
                    case HELD -> Badge.held(words.text("ping.held"));
                    case PENDING ->
                            last == null
                                    ? Badge.waiting(words.text("ping.pending"))
                                    : Badge.bad(words.text("ping.retried") + status);
                };
        return new Pinged(
                badge,
                last == null ? "" : Blame.of(words, last),
                words.exactTime(ping.createdAt()),
                place.path("/livraisons/" + ping.id()));
    }

    @PostMapping("/ping")
    String ping(
            Place place,
            Words words,
            @PathVariable String endpoint,
            Acts acts,
            RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        String back = PartnerEndpoints.path(place, known);
        try {
            return "redirect:"
                    + Cursors.with(
                            back,
                            "ping",
                            acts.of("endpoint.pinged", known.id())
                                    .giving(() -> endpoints.ping(known), _ -> known.id())
                                    .id());
        } catch (Refused refused) {
            flash.addFlashAttribute("refused", EndpointForm.said(words, refused));
            return "redirect:" + back;
        }
    }

    /** It asks the partner's server: outside any transaction. */
    @PostMapping("/verifier")
    String check(Place place, @PathVariable String endpoint, Acts acts, RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        return acts.of("endpoint.checked", known.id())
                .doneBeyond(
                        flash,
                        "act.endpoint-checked",
                        PartnerEndpoints.path(place, known),
                        () -> checks.check(known));
    }

    @PostMapping("/pause")
    String pause(Place place, @PathVariable String endpoint, Acts acts, RedirectAttributes flash) {
        return done(
                place,
                endpoint,
                acts,
                flash,
                "endpoint.paused",
                "act.endpoint-paused",
                endpoints::pause);
    }

    @PostMapping("/reprendre")
    String resume(Place place, @PathVariable String endpoint, Acts acts, RedirectAttributes flash) {
        return done(
                place,
                endpoint,
                acts,
                flash,
                "endpoint.resumed",
                "act.endpoint-resumed",
                endpoints::resume);
    }

    @PostMapping("/activer")
    String enable(Place place, @PathVariable String endpoint, Acts acts, RedirectAttributes flash) {
        return done(
                place,
                endpoint,
                acts,
                flash,
                "endpoint.enabled",
                "act.endpoint-enabled",
                endpoints::enable);
    }

    @GetMapping("/supprimer")
    String deletion(Place place, Words words, @PathVariable String endpoint, Model model) {
        var known = found.get(place, endpoint);
        String back = PartnerEndpoints.path(place, known);
        return new Sure(
                        words.text("delete.title", known.url()),
                        List.of(
                                words.text("delete.effect1"),
                                words.text("delete.effect2"),
                                words.text("delete.effect3")),
                        back + "/supprimer",
                        words.text("delete.button"),
                        back)
                .asked(model);
    }

    @PostMapping("/supprimer")
    String delete(Place place, @PathVariable String endpoint, Acts acts, RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        return acts.of("endpoint.deleted", known.id())
                .done(
                        flash,
                        "act.endpoint-deleted",
                        place.path("/integration"),
                        () -> endpoints.delete(known));
    }

    private String done(
            Place place,
            String endpoint,
            Acts acts,
            RedirectAttributes flash,
            String deed,
            String words,
            Consumer<Endpoint> act) {
        var known = found.get(place, endpoint);
        return acts.of(deed, known.id())
                .done(flash, words, PartnerEndpoints.path(place, known), () -> act.accept(known));
    }
}
