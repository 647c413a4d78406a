package com.comptappart.console;

import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.people.Act;
import com.comptappart.webhook.EventTypes;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.NotificationPulse;
import com.comptappart.webhook.Notifications;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The list of notifications: newest first, its filters in the address. */
@Controller
@May(Act.READ)
class DeliveryPages {

    private static final int ROWS = 25;

    private final Notifications notifications;
    private final NotificationPulse pulse;
    private final EndpointNames endpoints;
    private final Places places;

    DeliveryPages(
            Notifications notifications,
            NotificationPulse pulse,
            EndpointNames endpoints,
            Places places) {
        this.notifications = notifications;
        this.pulse = pulse;
        this.endpoints = endpoints;
        this.places = places;
    }

    @GetMapping("/console/{partner}/{environment:test|live}/livraisons")
    String list(
            Place place,
            Words words,
            DeliverySearch asked,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        // Before the list is read: what comes in between is told twice rather than not at all.
        long newest = pulse.newest();
        var names = endpoints.of(place);
        var page =
                asked.filter(place)
                        .map(filter -> notifications.list(filter, new PageRequest(ROWS, after)))
                        .orElseGet(() -> new Page<Notification>(List.of(), null));
        var rows =
                page.data().stream()
                        .map(each ->
                                DeliveryRow.of(
                                        words,
                                        each,
                                        places.word(each.partner()),
                                        names.getOrDefault(each.endpointId(), each.endpointId())))
                        .toList();
        model.addAttribute("rows", rows);
        model.addAttribute("asked", asked);
        model.addAttribute("endpoints", names);
        model.addAttribute("types", EventTypes.known());
        model.addAttribute("stages", Notification.Stage.values());
        model.addAttribute("live", live(place, asked, after, rows, newest));
        model.addAttribute("fresh", asked.address(place, null));
        model.addAttribute("here", asked.address(place, after));
        model.addAttribute("first", after == null ? null : asked.address(place, null));
        model.addAttribute(
                "next", page.nextCursor() == null ? null : asked.address(place, page.nextCursor()));
        return "console/deliveries";
    }

    /** Where this page's changes are told; empty where it shows nothing that can change. */
    private static String live(
            Place place,
            DeliverySearch asked,
            @Nullable String after,
            List<DeliveryRow> rows,
            long newest) {
        boolean news = after == null && asked.mayBeNew();
        if (rows.isEmpty() && !news) {
            return "";
        }
        var address = UriComponentsBuilder.fromPath(place.path("/livraisons/flux"));
        if (news) {
            address.queryParam("apres", newest)
                    .queryParamIfPresent("point", Optional.ofNullable(asked.point()))
                    .queryParamIfPresent("type", Optional.ofNullable(asked.type()));
        }
        rows.forEach(row -> address.queryParam("id", row.id()));
        return address.encode().build().toUriString();
    }
}
