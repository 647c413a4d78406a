package com.comptappart.console;

import com.comptappart.kernel.Money;
import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.people.Act;
import com.comptappart.stripe.RefundRequests;
import com.comptappart.stripe.StripeUnavailable;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A refund in three pages: the order, what is given back with the credit note that would come, and
 * what will happen. Nothing is asked of Stripe before the last button.
 */
@Controller
@May(Act.MOVE_MONEY)
@RequestMapping(
        "/console/{partner}/{environment:test|live}/commandes/{order:[0-9]{1,18}}/remboursement")
class RefundPages {

    private final Stories stories;
    private final RefundPlans plans;
    private final RefundEffects effects;
    private final RefundRequests refunds;

    RefundPages(Stories stories, RefundPlans plans, RefundEffects effects, RefundRequests refunds) {
        this.stories = stories;
        this.plans = plans;
        this.effects = effects;
        this.refunds = refunds;
    }

    @GetMapping
    ModelAndView ask(
            Place place,
            Words words,
            @PathVariable long order,
            @RequestParam Map<String, String> typed) {
        var standing = plans.standing(stories.get(place, order).order());
        return form(place, words, standing, RefundAsked.of(typed));
    }

    /** Only the draft, while one types. */
    @GetMapping("/apercu")
    ModelAndView preview(
            Place place,
            Words words,
            @PathVariable long order,
            @RequestParam Map<String, String> typed) {
        var page = ask(place, words, order, typed);
        page.setViewName("console/refund-parts :: preview");
        return page;
    }

    @GetMapping("/confirmation")
    ModelAndView confirm(
            Place place,
            Words words,
            @PathVariable long order,
            @RequestParam Map<String, String> typed) {
        var standing = plans.standing(stories.get(place, order).order());
        var asked = RefundAsked.of(typed);
        var plan = plans.of(standing, asked).plan();
        if (plan == null || standing.room().obstacle() != null) {
            return form(place, words, standing, asked);
        }
        var sent = RefundSent.of(asked, plan, standing.room().left());
        var page = sending(place, words, standing.order(), sent, "console/refund-sure");
        page.addObject("preview", RefundView.preview(words, standing, plan));
        page.addObject("effects", effects.of(words, standing.order(), plan));
        return page;
    }

    /** Who asked is written down before the money moves, so that no crash hides it. */
    @PostMapping
    ModelAndView refund(
            Place place,
            Words words,
            @PathVariable long order,
            @RequestParam Map<String, String> typed,
            Acts acts,
            RedirectAttributes flash) {
        var found = stories.get(place, order).order();
        var sent = RefundSent.of(typed);
        acts.of("refund.asked", found.id().toString())
                .with("amount", new Money(sent.minor(), found.paid().currency()).toString())
                .giving(sent::wanted, _ -> found.id().toString());
        try {
            var made = refunds.create(found, sent.wanted(), sent.stripeKey(found));
            tell(words, made.status(), flash);
            return new ModelAndView("redirect:" + path(place, found));
        } catch (Refused refused) {
            acts.of("refund.refused", found.id().toString())
                    .with("reason", refused.code())
                    .giving(refused::code, _ -> found.id().toString());
            flash.addFlashAttribute("refused", why(words, refused));
            return new ModelAndView("redirect:" + path(place, found) + "/remboursement");
        } catch (StripeUnavailable away) {
            var page = sending(place, words, found, sent, "console/refund-unknown");
            page.addObject("unconfigured", away.isUnconfigured());
            page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
            return page;
        }
    }

    private static void tell(Words words, String status, RedirectAttributes flash) {
        if (status.equals("failed") || status.equals("canceled")) {
            flash.addFlashAttribute("refused", words.text("refund-done.failed"));
            return;
        }
        flash.addFlashAttribute(
                "done", status.equals("succeeded") ? "refund-done" : "refund-done.pending");
    }

    /** What Stripe says itself is in its own language. */
    static String why(Words words, Refused refused) {
        return refused.code().startsWith("stripe_")
                ? words.text(
                        "refused.stripe",
                        refused.detail().replaceFirst("^Stripe refuses it[^:]*(: |$)", ""))
                : words.textOr("refused." + refused.code(), refused.detail());
    }

    private ModelAndView form(
            Place place, Words words, RefundPlans.Standing standing, RefundAsked asked) {
        var page = page(place, standing.order(), "console/refund");
        page.addObject("obstacle", RefundView.obstacle(standing.room()));
        page.addObject("facts", RefundView.facts(words, standing));
        page.addObject("asked", asked);
        page.addObject("lines", RefundView.lines(words, standing, asked));
        page.addObject("reasons", RefundRequests.REASONS);
        var outcome = plans.of(standing, asked);
        var plan = outcome.plan();
        page.addObject("preview", plan == null ? null : RefundView.preview(words, standing, plan));
        page.addObject(
                "problem", plan != null || asked.isEmpty() ? "" : words.text(outcome.problem()));
        return page;
    }

    private static ModelAndView sending(
            Place place, Words words, Order order, RefundSent sent, String view) {
        var page = page(place, order, view);
        page.addObject("fields", sent.fields());
        page.addObject("amount", words.money(sent.minor(), order.paid().currency()));
        return page;
    }

    private static ModelAndView page(Place place, Order order, String view) {
        var page = new ModelAndView(view);
        page.addObject("number", order.id().toString());
        page.addObject("back", path(place, order));
        page.addObject("action", path(place, order) + "/remboursement");
        page.addObject("currency", order.paid().currency().code());
        return page;
    }

    private static String path(Place place, Order order) {
        return place.path("/commandes/" + order.id());
    }
}
