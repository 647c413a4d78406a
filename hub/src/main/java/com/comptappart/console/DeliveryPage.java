package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.Notifications;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One notification: why it is where it is, every attempt of it, and its replay. */
@Controller
@May(Act.READ)
@RequestMapping(
        "/console/{partner}/{environment:test|live}/livraisons/{notification:msg_[A-Za-z0-9]{1,64}}")
class DeliveryPage {

    private final Notifications notifications;
    private final Endpoints endpoints;
    private final Places places;

    DeliveryPage(Notifications notifications, Endpoints endpoints, Places places) {
        this.notifications = notifications;
        this.endpoints = endpoints;
        this.places = places;
    }

    @GetMapping
    String show(Place place, Words words, @PathVariable String notification, Model model) {
        var found = find(place, notification);
        var attempts = notifications.attempts(found);
        var endpoint =
                endpoints
                        .find(found.partner(), found.environment(), found.endpointId())
                        .orElse(null);
        model.addAttribute(
                "delivery",
                DeliveryView.of(
                        words,
                        found,
                        attempts,
                        places.word(found.partner()),
                        endpoint == null ? found.endpointId() : EndpointNames.name(endpoint)));
        model.addAttribute("curl", curl(words, found, endpoint, attempts));
        return "console/delivery";
    }

    @May(Act.REPLAY)
    @PostMapping
    String replay(
            Place place,
            @PathVariable String notification,
            Principal signedIn,
            Acts acts,
            RedirectAttributes flash) {
        var found = find(place, notification);
        return acts.of("notification.replayed", found.id())
                .done(
                        flash,
                        "act.replayed",
                        place.path("/livraisons/" + found.id()),
                        () -> notifications.replay(found, signedIn.getName()));
    }

    /** Empty where there is nowhere to send it to. */
    private static String curl(
            Words words,
            Notification notification,
            @Nullable Endpoint endpoint,
            List<Notification.Attempt> attempts) {
        if (endpoint == null && attempts.isEmpty()) {
            return "";
        }
        return CurlCommand.of(
                notification,
                endpoint == null ? attempts.getLast().url() : endpoint.url(),
                endpoint != null && endpoint.hasApiKey(),
                words.text("curl.secret"));
    }

    private Notification find(Place place, String id) {
        return notifications
                .find(place.partner(), place.environment(), id)
                .orElseThrow(() ->
                        Refused.notFound(
                                "notification_not_found",
                                "there is no notification " + id + " here"));
    }
}
