package com.comptappart.console;

import com.comptappart.buyer.Declaration;
import com.comptappart.buyer.Declaration.State;
import com.comptappart.buyer.Declarations;
import com.comptappart.kernel.Refused;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where the buyer lets a subscription go on that somebody, perhaps somebody else, declared to end:
 * opened by the mail that told them so.
 */
@Controller
@Open
class TakeBackPages {

    private static final String PATH = BuyerDoor.TERMINATE + "/revenir/{back}";

    private final Declarations declarations;
    private final Shops shops;

    TakeBackPages(Declarations declarations, Shops shops) {
        this.declarations = declarations;
        this.shops = shops;
    }

    @GetMapping(PATH)
    String ask(@PathVariable String back, Words words, Model model) {
        var declaration =
                declarations
                        .toTakeBack(back)
                        .orElseThrow(() ->
                                Refused.notFound("page_not_found", "no page has this address"));
        return page(declaration, back, words, model);
    }

    @PostMapping(PATH)
    String takeBack(@PathVariable String back) {
        try {
            declarations.takeBack(back);
        } catch (Refused refused) {
            // Too late: the page that was asked for says so, and what to do.
            if (refused.kind() != Refused.Kind.GONE) {
                throw refused;
            }
        }
        return "redirect:" + BuyerDoor.TERMINATE + "/revenir/" + back;
    }

    private String page(Declaration declaration, String back, Words words, Model model) {
        var end = declaration.endsAt();
        model.addAttribute("action", BuyerDoor.TERMINATE + "/revenir/" + back);
        model.addAttribute("number", declaration.id());
        model.addAttribute("subscription", declaration.contract().subscription());
        model.addAttribute("end", end == null ? "" : words.time(end));
        model.addAttribute("open", declarations.canTakeBack(declaration));
        model.addAttribute(
                "goesOn",
                declaration.state() == State.RESUMING || declaration.state() == State.RESUMED);
        model.addAttribute("shop", shops.of(declaration.partner(), declaration.environment()));
        return "buyer/take-back";
    }
}
