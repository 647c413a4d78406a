package com.comptappart.console;

import com.comptappart.accounting.OrdersExport;
import com.comptappart.api.ExportStream;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.order.Orders;
import com.comptappart.order.Sought;
import com.comptappart.order.SoughtOrders;
import com.comptappart.people.Act;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
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
    private static final SoldAsked NOTHING_SOLD =
            new SoldAsked(null, null, null, null, null, null, null);

    /** Why Stripe asked for the money; the words are {@code billing.…}. */
    private static final List<String> REASONS =
            List.of(
                    "one_time",
                    "subscription_create",
                    "subscription_cycle",
                    "subscription_update",
                    "subscription_threshold",
                    "manual");

    /** Where orders are found and taken out. */
    @Component
    record Catalogue(Orders orders, SoughtOrders found, OrdersExport exports) {}

    private final Orders orders;
    private final SoughtOrders found;
    private final OrdersExport exports;
    private final Stories stories;
    private final Search search;
    private final Places places;

    OrderPages(Catalogue catalogue, Stories stories, Search search, Places places) {
        this.orders = catalogue.orders();
        this.found = catalogue.found();
        this.exports = catalogue.exports();
        this.stories = stories;
        this.search = search;
        this.places = places;
    }

    @GetMapping("/console/{partner}/{environment:test|live}/recherche")
    String searchBox(Place place, @RequestParam(defaultValue = "") String q) {
        var typed = Search.typed(q);
        var page = search.page(place, q);
        if (page.isPresent()) {
            return "redirect:" + page.get();
        }
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
        return "redirect:" + list(place, typed, NOTHING_SOLD, null);
    }

    @GetMapping("/console/{partner}/{environment:test|live}/commandes")
    String list(
            Place place,
            Words words,
            Search.Typed typed,
            SoldAsked sold,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var filter = search.filter(place, typed);
        var sought = sold.sought();
        var page =
                filter.isEmpty() || sought.isEmpty()
                        ? new Page<Order>(List.of(), null)
                        : found.list(filter.get(), sought.get(), new PageRequest(ROWS, after));
        var rows =
                stories.of(page.data()).stream()
                        .map(story ->
                                OrderRow.of(words, story, places.word(story.paid().partner())))
                        .toList();
        model.addAttribute("rows", rows);
        model.addAttribute("typed", typed);
        model.addAttribute("sold", sold);
        model.addAttribute("states", Sought.State.values());
        model.addAttribute("reasons", REASONS);
        model.addAttribute("products", found.productNames(place.partner(), place.environment()));
        model.addAttribute("export", address(place, "/commandes.csv", typed, sold, null));
        model.addAttribute("first", after == null ? null : list(place, typed, sold, null));
        model.addAttribute(
                "next",
                page.nextCursor() == null ? null : list(place, typed, sold, page.nextCursor()));
        return "console/orders";
    }

    /** What the list shows, all of it; who took it is in the journal. */
    @May(Act.EXPORT)
    @GetMapping("/console/{partner}/{environment:test|live}/commandes.csv")
    void export(
            Place place,
            Search.Typed typed,
            SoldAsked sold,
            Visitor visitor,
            Acts acts,
            HttpServletResponse response)
            throws IOException {
        var filter =
                search.filter(place, typed)
                        .orElseThrow(() -> Refused.invalid("filter_invalid", "no such filter"));
        var sought =
                sold.sought()
                        .orElseThrow(() -> Refused.invalid("filter_invalid", "no such filter"));
        var export =
                acts.of("order.exported", "")
                        .giving(
                                () -> exports.of(place.environment(), filter, sought, visitor.id()),
                                file -> file.filename());
        ExportStream.answer(export, response);
    }

    private static String list(
            Place place, Search.Typed typed, SoldAsked sold, @Nullable String after) {
        return address(place, "/commandes", typed, sold, after);
    }

    private static String address(
            Place place, String page, Search.Typed typed, SoldAsked sold, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(place.path(page));
        sold.parts().forEach((name, value) -> Cursors.add(address, name, value));
        Cursors.add(address, "email", typed.email());
        Cursors.add(address, "numero", typed.numero());
        Cursors.add(address, "evenement", typed.evenement());
        Cursors.add(address, "facture", typed.facture());
        Cursors.add(address, "after", after);
        return address.encode().build().toUriString();
    }
}
