package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Certifications;
import com.comptappart.webhook.EventSchema;
import com.comptappart.webhook.EventTypes;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.NotificationFilter;
import com.comptappart.webhook.Notifications;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** What a partner's developer reads: the events with their schemas and samples. */
@Controller
@May(Act.ENDPOINTS)
@RequestMapping("/console/{partner}/{environment:test|live}/developpeurs")
class DeveloperPages {

    /** A type as a line of the catalogue. */
    record Type(String code, String meaning, String page, boolean byDefault) {}

    /** The last body of a type that was really owed here. */
    record Real(String page, String time, String machineTime, Badge state, String body) {

        static Real of(Words words, Place place, Notification each) {
            return new Real(
                    place.path("/livraisons/" + each.id()),
                    words.exactTime(each.createdAt()),
                    Words.machine(each.createdAt()),
                    States.stage(words, each.stage()),
                    each.body());
        }
    }

    private final Notifications notifications;

    DeveloperPages(Notifications notifications) {
        this.notifications = notifications;
    }

    @GetMapping
    String begin() {
        return "console/developers";
    }

    @GetMapping("/evenements")
    String events(Place place, Words words, Model model) {
        model.addAttribute(
                "types",
                EventTypes.known().stream().map(type -> type(place, words, type)).toList());
        return "console/events";
    }

    @GetMapping("/evenements/{type:[a-z_.]{1,40}}")
    String event(Place place, Words words, @PathVariable String type, Model model) {
        if (!EventTypes.known().contains(type)) {
            throw Refused.notFound("event_type_unknown", "there is no event type " + type);
        }
        model.addAttribute("type", type(place, words, type));
        model.addAttribute("when", words.text("event." + type + ".when"));
        model.addAttribute("schema", EventSchema.of(type));
        model.addAttribute("sample", Certifications.sample(type));
        model.addAttribute(
                "real", last(place, type).map(each -> Real.of(words, place, each)).orElse(null));
        return "console/event";
    }

    private Optional<Notification> last(Place place, String type) {
        return notifications
                .list(
                        new NotificationFilter(
                                place.partner(),
                                place.environment(),
                                null,
                                null,
                                null,
                                type,
                                null,
                                null,
                                null),
                        new PageRequest(1, null))
                .data()
                .stream()
                .findFirst();
    }

    private static Type type(Place place, Words words, String code) {
        return new Type(
                code,
                words.text("type." + code),
                place.path("/developpeurs/evenements/" + code),
                EventTypes.byDefault().contains(code));
    }
}
