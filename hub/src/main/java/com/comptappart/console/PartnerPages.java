package com.comptappart.console;

import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.order.OrderFigures;
import com.comptappart.partner.Partner;
import com.comptappart.partner.Partners;
import com.comptappart.people.Act;
import com.comptappart.people.EmailAddress;
import com.comptappart.people.Invitations;
import com.comptappart.people.Role;
import com.comptappart.webhook.PartnerDeliveries;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The partners, for who runs the hub: how each does, a new one, its name and address. */
@Controller
@May(Act.GOVERN)
@RequestMapping("/console/{partner}/{environment:test|live}/partenaires")
class PartnerPages {

    private static final int ROWS = 50;

    private final Partners partners;
    private final PartnerDeliveries deliveries;
    private final OrderFigures orders;
    private final Invitations invitations;
    private final Places places;

    PartnerPages(
            Partners partners,
            PartnerDeliveries deliveries,
            OrderFigures orders,
            Invitations invitations,
            Places places) {
        this.partners = partners;
        this.deliveries = deliveries;
        this.orders = orders;
        this.invitations = invitations;
        this.places = places;
    }

    /**
     * @throws Refused where the address is a partner's: this is the hub's
     */
    static Place ofHub(Place place) {
        if (!place.ofAll()) {
            throw Refused.notFound("page_not_found", "this page is of the whole hub");
        }
        return place;
    }

    private static String url(Place place) {
        return place.path("/partenaires");
    }

    @May(Act.WATCH)
    @GetMapping
    String list(
            Place place,
            Words words,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page = partners.list(new PageRequest(ROWS, after));
        model.addAttribute("rows", rows(ofHub(place), words, page));
        model.addAttribute("first", after == null ? null : url(place));
        model.addAttribute(
                "next",
                page.nextCursor() == null ? null : Cursors.after(url(place), page.nextCursor()));
        return "console/partners";
    }

    private List<PartnerRow> rows(Place place, Words words, Page<Partner> page) {
        var ids = page.data().stream().map(Partner::id).toList();
        var states = deliveries.of(ids, place.environment());
        var latest = orders.latest(ids, place.environment());
        return page.data().stream()
                .map(partner ->
                        PartnerRow.of(
                                words,
                                place,
                                partner,
                                places.word(partner.id()),
                                states.get(partner.id()),
                                latest.get(partner.id())))
                .toList();
    }

    @GetMapping("/nouveau")
    ModelAndView form(Place place) {
        return form(ofHub(place), PartnerForm.EMPTY, "", "", HttpStatus.OK);
    }

    @PostMapping
    ModelAndView create(
            Place place,
            Words words,
            Visitor visitor,
            Acts acts,
            PartnerForm form,
            RedirectAttributes flash) {
        ofHub(place);
        try {
            acts.of("partner.created", form.slug())
                    .everywhere()
                    .with("invited", form.administrator())
                    .giving(() -> made(words, visitor, form), made -> made.id().value());
        } catch (Refused refused) {
            return form(place, form, said(words, refused), "", HttpStatus.BAD_REQUEST);
        }
        flash.addFlashAttribute(
                "done", form.administrator().isEmpty() ? "partner.made" : "partner.made-invited");
        return new ModelAndView("redirect:" + url(place));
    }

    /** In one transaction: a partner whose administrator can't be invited is not made. */
    private Partner made(Words words, Visitor visitor, PartnerForm form) {
        var made =
                partners.create(
                        form.name(),
                        form.slug(),
                        form.email(),
                        form.language(),
                        form.account().isEmpty() ? null : form.account());
        if (!form.administrator().isEmpty()) {
            invitations.invite(
                    made.id(),
                    new EmailAddress(form.administrator()),
                    Role.ADMINISTRATOR,
                    visitor.inviter(words));
        }
        return made;
    }

    @GetMapping("/{edited}")
    ModelAndView one(Place place, @PathVariable String edited) {
        var partner = find(ofHub(place), edited);
        return form(place, PartnerForm.of(partner), "", partner.slug(), HttpStatus.OK);
    }

    @PostMapping("/{edited}")
    ModelAndView change(
            Place place,
            Words words,
            Acts acts,
            @PathVariable String edited,
            PartnerForm form,
            RedirectAttributes flash) {
        var partner = find(ofHub(place), edited);
        try {
            acts.of("partner.updated", partner.id().value())
                    .everywhere()
                    .giving(() -> changed(partner.id(), form), made -> made.id().value());
        } catch (Refused refused) {
            return form(place, form, said(words, refused), partner.slug(), HttpStatus.BAD_REQUEST);
        }
        flash.addFlashAttribute("done", "partner.changed");
        return new ModelAndView("redirect:" + url(place));
    }

    private Partner changed(PartnerId partner, PartnerForm form) {
        return partners.update(partner, form.name(), form.email(), form.language(), form.account());
    }

    private Partner find(Place place, String word) {
        return partners.resolve(word)
                .flatMap(partners::find)
                .orElseThrow(() ->
                        Refused.notFound(
                                "partner_not_found",
                                "there is no partner " + word + " in " + place.word()));
    }

    private static String said(Words words, Refused refused) {
        return words.textOr("partner.refused." + refused.code(), refused.detail());
    }

    /**
     * @param slug of the partner that is changed, empty for a new one
     */
    private static ModelAndView form(
            Place place, PartnerForm form, String problem, String slug, HttpStatus status) {
        var page = new ModelAndView("console/partner-form", status);
        page.addObject("typed", form);
        page.addObject("problem", problem);
        page.addObject("slug", slug);
        page.addObject("action", slug.isEmpty() ? url(place) : url(place) + "/" + slug);
        page.addObject("back", url(place));
        page.addObject("team", Place.path(slug, place.environment(), "/reglages/equipe"));
        return page;
    }
}
