package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.order.SubscriptionState;
import com.comptappart.people.Act;
import com.comptappart.stripe.PortalSessions;
import com.comptappart.stripe.StripeUnavailable;
import com.comptappart.stripe.SubscriptionEndings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Ends a subscription, takes that back, and opens its buyer's portal; each says first what it does.
 */
@Controller
@May(Act.MOVE_MONEY)
@RequestMapping("/console/{partner}/{environment:test|live}/abonnements" + SubscriptionPages.ONE)
class SubscriptionEndPages {

    private final SubscriptionPages.Sources sources;
    private final SubscriptionEndings endings;
    private final PortalSessions portals;
    private final Listeners listeners;
    private final String publicUrl;

    SubscriptionEndPages(
            SubscriptionPages.Sources sources,
            SubscriptionEndings endings,
            PortalSessions portals,
            Listeners listeners,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.sources = sources;
        this.endings = endings;
        this.portals = portals;
        this.listeners = listeners;
        this.publicUrl = publicUrl;
    }

    /** Stripe is asked what it is now: what we were told last may be of yesterday. */
    @GetMapping("/resiliation")
    String ask(Place place, Words words, @PathVariable String subscription, Model model) {
        var state = sources.get(place, subscription).state();
        var now = now(state);
        Instant end = now == null ? state.currentPeriodEnd() : now.currentPeriodEnd();
        boolean decided = now == null ? state.cancelAt() != null : now.cancelAt() != null;
        boolean ended = now == null ? state.isEnded() : now.isEnded();
        model.addAttribute("id", subscription);
        model.addAttribute("url", url(place, state));
        model.addAttribute("token", StripeForms.token());
        model.addAttribute("asOf", now == null ? words.time(state.asOf()) : "");
        model.addAttribute(
                "obstacle", ended ? "ended" : SubscriptionPages.obstacle(endings, state));
        model.addAttribute("later", decided ? List.of() : later(words, state, end));
        model.addAttribute("now", now(words, state, end));
        return "console/subscription-end";
    }

    private SubscriptionEndings.@Nullable Answered now(SubscriptionState state) {
        try {
            return endings.now(state).orElse(null);
        } catch (StripeUnavailable away) {
            return null;
        }
    }

    private List<String> later(Words words, SubscriptionState state, @Nullable Instant end) {
        return List.of(
                end == null
                        ? words.text("subscription-end.later.keeps-unknown")
                        : words.text("subscription-end.later.keeps", words.time(end)),
                words.text("subscription-end.nothing-asked"),
                words.text("subscription-end.no-refund"),
                listeners.of(
                        words,
                        state.partner(),
                        state.environment(),
                        List.of("subscription.updated", "subscription.canceled")),
                words.text("subscription-end.no-mail"),
                words.text("subscription-end.later.undo"));
    }

    private List<String> now(Words words, SubscriptionState state, @Nullable Instant end) {
        var effects = new ArrayList<String>();
        effects.add(
                end == null
                        ? words.text("subscription-end.now.loses-unknown")
                        : words.text("subscription-end.now.loses", words.time(end)));
        effects.add(words.text("subscription-end.nothing-asked"));
        effects.add(words.text("subscription-end.no-refund"));
        effects.add(
                listeners.of(
                        words,
                        state.partner(),
                        state.environment(),
                        List.of("subscription.canceled")));
        effects.add(words.text("subscription-end.no-mail"));
        effects.add(words.text("subscription-end.now.final"));
        return effects;
    }

    @PostMapping("/resiliation")
    String end(
            Place place,
            Words words,
            @PathVariable String subscription,
            @RequestParam(defaultValue = "") String quand,
            @RequestParam(defaultValue = "") String jeton,
            Acts acts,
            RedirectAttributes flash) {
        var state = sources.get(place, subscription).state();
        var when =
                switch (quand) {
                    case "fin" -> SubscriptionEndings.When.AT_PERIOD_END;
                    case "maintenant" -> SubscriptionEndings.When.NOW;
                    default ->
                            throw Refused.invalid(
                                    "form_incomplete", "begin again from the subscription");
                };
        String key = StripeForms.key(jeton, state, quand);
        boolean atOnce = when == SubscriptionEndings.When.NOW;
        return done(
                words,
                acts.of("subscription.end-asked", subscription).with("when", quand),
                flash,
                atOnce ? "subscription-done.now" : "subscription-done.later",
                place,
                state,
                () -> {
                    var _ = endings.end(state, when, key);
                });
    }

    @GetMapping("/poursuite")
    String askToGoOn(Place place, Words words, @PathVariable String subscription, Model model) {
        var state = sources.get(place, subscription).state();
        String url = url(place, state);
        String obstacle = SubscriptionPages.obstacle(endings, state);
        if (!obstacle.isEmpty() || state.cancelAt() == null) {
            return "redirect:" + url;
        }
        Instant end = state.currentPeriodEnd();
        return new Sure(
                        words.text("subscription-on.title"),
                        List.of(
                                end == null
                                        ? words.text("subscription-on.pays-unknown")
                                        : words.text("subscription-on.pays", words.time(end)),
                                listeners.of(
                                        words,
                                        state.partner(),
                                        state.environment(),
                                        List.of("subscription.updated")),
                                words.text("subscription-end.no-mail")),
                        url + "/poursuite?jeton=" + StripeForms.token(),
                        words.text("subscription-on.button"),
                        url)
                .asked(model);
    }

    @PostMapping("/poursuite")
    String goOn(
            Place place,
            Words words,
            @PathVariable String subscription,
            @RequestParam(defaultValue = "") String jeton,
            Acts acts,
            RedirectAttributes flash) {
        var state = sources.get(place, subscription).state();
        String key = StripeForms.key(jeton, state, "poursuite");
        return done(
                words,
                acts.of("subscription.going-on-asked", subscription),
                flash,
                "subscription-done.on",
                place,
                state,
                () -> {
                    var _ = endings.goOn(state, key);
                });
    }

    /** A link to Stripe's page of the buyer, to be given to the buyer. */
    @PostMapping("/portail")
    String portal(
            Place place,
            Words words,
            @PathVariable String subscription,
            Acts acts,
            RedirectAttributes flash,
            Model model) {
        var state = sources.get(place, subscription).state();
        var wanted = new PortalSessions.Wanted(subscription, null, publicUrl);
        try {
            acts.of("subscription.portal-opened", subscription)
                    .giving(() -> wanted, _ -> subscription);
            var portal =
                    portals.create(
                            state.partner(),
                            state.environment(),
                            wanted,
                            StripeForms.key(StripeForms.token(), state, "portail"));
            return new Once(
                            words.text("subscription-portal.title"),
                            words.text("subscription-portal.text"),
                            portal.url(),
                            url(place, state))
                    .shown(model);
        } catch (Refused refused) {
            flash.addFlashAttribute("refused", RefundPages.why(words, refused));
        } catch (StripeUnavailable away) {
            flash.addFlashAttribute("refused", away(words, away));
        }
        return "redirect:" + url(place, state);
    }

    /** Written down first: a crash in between must not hide who asked. */
    private String done(
            Words words,
            Acts.Doing doing,
            RedirectAttributes flash,
            String doneWords,
            Place place,
            SubscriptionState state,
            Runnable act) {
        String obstacle = SubscriptionPages.obstacle(endings, state);
        if (obstacle.equals("shared")) {
            flash.addFlashAttribute("refused", words.text("subscription-obstacle.shared"));
            return "redirect:" + url(place, state);
        }
        doing.giving(() -> doneWords, _ -> state.subscriptionId());
        try {
            act.run();
            flash.addFlashAttribute("done", doneWords);
        } catch (Refused refused) {
            flash.addFlashAttribute("refused", RefundPages.why(words, refused));
        } catch (StripeUnavailable away) {
            flash.addFlashAttribute("refused", away(words, away));
        }
        return "redirect:" + url(place, state);
    }

    private static String away(Words words, StripeUnavailable away) {
        return words.text(
                away.isUnconfigured()
                        ? "subscription-obstacle.no_key"
                        : "subscription-end.unknown");
    }

    private static String url(Place place, SubscriptionState state) {
        return place.path("/abonnements/" + state.subscriptionId());
    }
}
