package com.comptappart.console;

import com.comptappart.buyer.Declaration;
import com.comptappart.buyer.Declarations;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One declaration of a buyer, what became of it, and what the seller is to do. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/a-traiter/declarations/{declaration}")
class DeclarationPage {

    /** A state that it came to, as it is shown. */
    record Came(Badge badge, String time, String machineTime, String reason) {}

    private final Declarations declarations;

    DeclarationPage(Declarations declarations) {
        this.declarations = declarations;
    }

    @GetMapping
    String show(Place place, @PathVariable String declaration, Words words, Model model) {
        var told = told(place, declaration);
        var found = told.declaration();
        var order = found.contract().order();
        var end = found.endsAt();
        model.addAttribute("kind", found.kind().code());
        model.addAttribute("number", found.id());
        model.addAttribute("badge", DeclarationItems.badge(words, found.state()));
        model.addAttribute("time", words.exactTime(found.madeAt()));
        model.addAttribute("machineTime", Words.machine(found.madeAt()));
        model.addAttribute("said", DeclarationPages.content(found, words));
        model.addAttribute("order", order == null ? "" : order.toString());
        model.addAttribute("subscription", found.contract().subscription());
        model.addAttribute("known", found.contract().isKnown());
        model.addAttribute("end", end == null ? "" : words.time(end));
        model.addAttribute("why", DeclarationItems.why(words, found.reason()));
        model.addAttribute("open", found.state() == Declaration.State.OPEN);
        model.addAttribute("steps", came(told, words));
        return "console/declaration";
    }

    private static List<Came> came(Declaration.Told told, Words words) {
        return told.steps().stream()
                .map(step ->
                        new Came(
                                DeclarationItems.badge(words, step.state()),
                                words.exactTime(step.at()),
                                Words.machine(step.at()),
                                DeclarationItems.why(words, step.reason())))
                .toList();
    }

    @May(Act.MOVE_MONEY)
    @PostMapping("/traitee")
    String handled(
            Place place, @PathVariable String declaration, Acts acts, RedirectAttributes flash) {
        var found = told(place, declaration).declaration();
        return acts.of("declaration.handled", found.id())
                .done(
                        flash,
                        "declaration.handled.done",
                        place.path("/a-traiter/declarations/" + found.id()),
                        () -> declarations.handled(found));
    }

    private Declaration.Told told(Place place, String id) {
        return declarations
                .find(place.partner(), place.environment(), id)
                .orElseThrow(() ->
                        Refused.notFound("declaration_not_found", "there is no declaration " + id));
    }
}
