package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.OrderFilter;
import com.comptappart.order.Orders;
import com.comptappart.people.Act;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page of a place: what needs attention, four figures and three charts. */
@Controller
@May(Act.READ)
class HomePage {

    /** A period that may be chosen. */
    record Choice(String name, String url, boolean chosen) {}

    private final Orders orders;
    private final Concerns concerns;
    private final HomeFigures figures;
    private final Checklist checklist;
    private final Places places;
    private final Clock clock;

    HomePage(
            Orders orders,
            Concerns concerns,
            HomeFigures figures,
            Checklist checklist,
            Places places,
            Clock clock) {
        this.orders = orders;
        this.concerns = concerns;
        this.figures = figures;
        this.checklist = checklist;
        this.places = places;
        this.clock = clock;
    }

    /** Everything, or the first partner that one belongs to; test mode until something was sold. */
    @May(Act.OWN)
    @GetMapping("/console")
    String entrance(Visitor visitor) {
        PartnerId own = visitor.rights().seesAll() ? null : visitor.rights().partners().getFirst();
        var real = OrderFilter.of(own, Environment.PRODUCTION);
        boolean sold = !orders.list(real, new PageRequest(1, null)).data().isEmpty();
        var environment = sold ? Environment.PRODUCTION : Environment.STAGING;
        return "redirect:"
                + Place.path(own == null ? Place.ALL : places.word(own), environment, Frames.HOME);
    }

    @GetMapping("/console/{partner}/{environment:test|live}")
    String start(Place place) {
        return "redirect:" + place.path(Frames.HOME);
    }

    @GetMapping("/console/{partner}/{environment:test|live}/")
    String show(Place place, Words words, Visitor visitor, HomePeriod.Asked asked, Model model) {
        var period = HomePeriod.of(asked, Paris.dayOf(clock.instant()));
        var shown = figures.of(place, words, period);
        model.addAttribute("concerns", concerns.of(place, words));
        model.addAttribute("period", period);
        model.addAttribute("choices", choices(place, words, period));
        model.addAttribute(
                "days",
                words.text("home.days", words.date(period.first()), words.date(period.last())));
        model.addAttribute("figures", shown.figures());
        model.addAttribute("charts", shown.charts());
        teach(place, words, visitor, model);
        return "console/home";
    }

    private static List<Choice> choices(Place place, Words words, HomePeriod period) {
        return HomePeriod.OFFERED.stream()
                .map(days ->
                        new Choice(
                                words.text("home.period." + days),
                                place.path(Frames.HOME + "?periode=" + days),
                                period.days() == days))
                .toList();
    }

    /** Before the first order there is nothing to see, but something to do. */
    private void teach(Place place, Words words, Visitor visitor, Model model) {
        boolean fresh =
                orders.list(
                                OrderFilter.of(place.partner(), place.environment()),
                                new PageRequest(1, null))
                        .data()
                        .isEmpty();
        var partner = place.partner();
        model.addAttribute("fresh", fresh);
        boolean integrates =
                partner != null
                        && fresh
                        && !partner.equals(PartnerId.UNASSIGNED)
                        && visitor.may(Act.ENDPOINTS, place);
        if (partner != null && integrates) {
            var lines = checklist.of(words, place, partner);
            long ticked = lines.stream().filter(Checklist.Line::done).count();
            model.addAttribute("ticked", ticked);
            model.addAttribute("lines", lines.size());
            model.addAttribute(
                    "next", lines.stream().filter(line -> !line.done()).findFirst().orElse(null));
        }
        model.addAttribute("integrates", integrates);
    }
}
