package com.comptappart.console;

import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import com.comptappart.people.Act;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The list of orders: newest first, its filters in the address. */
@Controller
@May(Act.READ)
class OrderPages {

    private static final int ROWS = 25;

    private final Orders orders;
    private final Stories stories;
    private final Search search;
    private final Places places;

    OrderPages(Orders orders, Stories stories, Search search, Places places) {
        this.orders = orders;
        this.stories = stories;
        this.search = search;
        this.places = places;
    }

    @GetMapping("/console/{partner}/{environment:test|live}/recherche")
    String searchBox(Place place, @RequestParam(defaultValue = "") String q) {
        var typed = Search.typed(q);
        var filter = search.filter(place, typed);
        if (filter.isPresent() && !typed.nothing()) {
            var found = orders.list(filter.get(), new PageRequest(2, null)).data();
            if (found.size() == 1) {
                var order = found.getFirst();
                return "redirect:"
                        + Place.path(
                                places.word(order.paid().partner()),
                                place.environment(),
                                "/commandes/" + order.id());
            }
        }
        return "redirect:" + address(place, typed, null);
    }

    @GetMapping("/console/{partner}/{environment:test|live}/commandes")
    String list(
            Place place,
            Words words,
            Search.Typed typed,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page =
                search.filter(place, typed)
                        .map(filter -> orders.list(filter, new PageRequest(ROWS, after)))
                        .orElseGet(() -> new Page<Order>(java.util.List.of(), null));
        var rows =
                stories.of(page.data()).stream()
                        .map(story ->
                                OrderRow.of(words, story, places.word(story.paid().partner())))
                        .toList();
        model.addAttribute("rows", rows);
        model.addAttribute("typed", typed);
        model.addAttribute("first", after == null ? null : address(place, typed, null));
        model.addAttribute(
                "next",
                page.nextCursor() == null ? null : address(place, typed, page.nextCursor()));
        return "console/orders";
    }

    private static String address(Place place, Search.Typed typed, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(place.path("/commandes"));
        Cursors.add(address, "email", typed.email());
        Cursors.add(address, "numero", typed.numero());
        Cursors.add(address, "evenement", typed.evenement());
        Cursors.add(address, "facture", typed.facture());
        Cursors.add(address, "after", after);
        return address.encode().build().toUriString();
    }
}
