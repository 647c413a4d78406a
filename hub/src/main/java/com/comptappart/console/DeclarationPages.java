package com.comptappart.console;

import com.comptappart.buyer.BuyerLinks;
import com.comptappart.buyer.Declaration;
import com.comptappart.buyer.Declaration.Kind;
import com.comptappart.buyer.Declarations;
import com.comptappart.kernel.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The two acts that the law wants at one click and without an account: to end a contract (Code de
 * la consommation, L215-1-1: fields of D215-2, page to check and the button of D215-3) and to
 * withdraw from one (L221-21, D221-5). What a page answers never depends on whether a contract was
 * found.
 */
@Controller
@Open
class DeclarationPages {

    private final Declarations declarations;
    private final BuyerLinks links;
    private final FailedSignIns limits;
    private final Shops shops;
    private final Places places;

    DeclarationPages(
            Declarations declarations,
            BuyerLinks links,
            FailedSignIns limits,
            Shops shops,
            Places places) {
        this.declarations = declarations;
        this.links = links;
        this.limits = limits;
        this.shops = shops;
        this.places = places;
    }

    private static Kind kind(HttpServletRequest request) {
        return request.getRequestURI().startsWith(BuyerDoor.WITHDRAW)
                ? Kind.WITHDRAWAL
                : Kind.TERMINATION;
    }

    private static String address(Kind kind) {
        return kind == Kind.WITHDRAWAL ? BuyerDoor.WITHDRAW : BuyerDoor.TERMINATE;
    }

    /**
     * The first step.
     *
     * @param lien of the buyer's area, which knows who its buyer is
     */
    @GetMapping({BuyerDoor.TERMINATE, BuyerDoor.WITHDRAW})
    String form(
            HttpServletRequest request,
            DeclarationForm form,
            @RequestParam(defaultValue = "") String lien,
            Model model) {
        var filled = form;
        if (links.read(lien) instanceof BuyerLinks.Opened opened) {
            var paid = opened.order().paid();
            String name = paid.buyer().name();
            filled =
                    form.filled(
                            name == null ? "" : name, opened.email(), places.word(paid.partner()));
        }
        return form(kind(request), filled, Map.of(), model);
    }

    private String form(
            Kind kind, DeclarationForm form, Map<String, String> problems, Model model) {
        model.addAttribute("kind", kind.code());
        model.addAttribute("action", address(kind));
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute("longest", DeclarationForm.LONGEST_MOTIVE);
        model.addAttribute("shop", shops.of(form.vendeur()));
        return "buyer/declare";
    }

    /** The second step: what will be declared, to be checked; or the first again. */
    @PostMapping({BuyerDoor.TERMINATE, BuyerDoor.WITHDRAW})
    String check(
            HttpServletRequest request,
            HttpServletResponse response,
            DeclarationForm form,
            @RequestParam(defaultValue = "") String modifier,
            Model model) {
        var kind = kind(request);
        var problems = form.problems();
        if (!problems.isEmpty() || !modifier.isEmpty()) {
            if (modifier.isEmpty()) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
            }
            return form(kind, form, modifier.isEmpty() ? problems : Map.of(), model);
        }
        return checked(kind, form, model);
    }

    private String checked(Kind kind, DeclarationForm form, Model model) {
        model.addAttribute("kind", kind.code());
        model.addAttribute("action", address(kind));
        model.addAttribute("form", form);
        model.addAttribute("shop", shops.of(form.vendeur()));
        return "buyer/check";
    }

    /** Declares. */
    @PostMapping({BuyerDoor.TERMINATE + "/notifier", BuyerDoor.WITHDRAW + "/notifier"})
    String declare(
            HttpServletRequest request,
            HttpServletResponse response,
            DeclarationForm form,
            Words words,
            Model model) {
        var kind = kind(request);
        var problems = form.problems();
        if (!problems.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(kind, form, problems, model);
        }
        String asker = "declare " + Origin.of(request).address();
        if (!limits.mayTry(asker)) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader("Retry-After", Long.toString(FailedSignIns.WINDOW.toSeconds()));
            model.addAttribute("tooMany", true);
            return checked(kind, form, model);
        }
        limits.note(asker);
        var made =
                declarations.make(
                        kind,
                        form.said(words.french() ? "fr" : "en"),
                        shops.named(form.vendeur()).orElse(null));
        return "redirect:"
                + address(kind)
                + "/recue/"
                + declarations.receipt(made)
                + shops.of(form.vendeur()).url("");
    }

    @GetMapping({BuyerDoor.TERMINATE + "/recue/{receipt}", BuyerDoor.WITHDRAW + "/recue/{receipt}"})
    String received(
            HttpServletRequest request,
            @PathVariable String receipt,
            @RequestParam(defaultValue = "") String vendeur,
            Words words,
            Model model) {
        var declaration =
                declarations
                        .ofReceipt(receipt)
                        .filter(found -> found.kind() == kind(request))
                        .orElseThrow(() ->
                                Refused.notFound("page_not_found", "no page has this address"));
        model.addAttribute("kind", declaration.kind().code());
        model.addAttribute("email", declaration.said().email());
        model.addAttribute("time", words.exactTime(declaration.madeAt()));
        model.addAttribute("machineTime", Words.machine(declaration.madeAt()));
        model.addAttribute("said", content(declaration, words));
        model.addAttribute("shop", shops.of(vendeur));
        return "buyer/received";
    }

    static List<Step.Fact> content(Declaration declaration, Words words) {
        var said = declaration.said();
        var content = new ArrayList<Step.Fact>();
        content.add(Step.Fact.code(words.text("buyers.number"), declaration.id()));
        content.add(Step.Fact.of(words.text("buyers.name"), said.name()));
        content.add(Step.Fact.of(words.text("buyers.email"), said.email()));
        content.add(
                Step.Fact.of(
                        words.text("buyers.reference"),
                        said.reference().isEmpty()
                                ? words.text("buyers.no-reference")
                                : said.reference()));
        if (said.wishedOn() != null) {
            content.add(Step.Fact.of(words.text("buyers.wished"), words.date(said.wishedOn())));
        }
        if (!said.motive().isEmpty()) {
            content.add(Step.Fact.of(words.text("buyers.motive"), said.motive()));
        }
        return content;
    }
}
