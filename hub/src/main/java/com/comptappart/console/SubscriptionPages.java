package com.comptappart.console;

import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.order.SoughtOrders;
import com.comptappart.order.SoughtSubscriptions;
import com.comptappart.order.SubscriptionState;
import com.comptappart.people.Act;
import com.comptappart.stripe.SubscriptionEndings;
import com.comptappart.webhook.Notifications;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Subscriptions: which there are, and one with what it paid and what was told of it. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/abonnements")
class SubscriptionPages {

    static final String ONE = "/{subscription:sub_[A-Za-z0-9_]{1,250}}";

    private static final int ROWS = 25;

    /** What is known of subscriptions, by whom. */
    @Component
    record Sources(
            SoughtSubscriptions subscriptions, SoughtOrders orders, Notifications notifications) {

        /**
         * @throws Refused where there is none such in that place
         */
        SoughtSubscriptions.Found get(Place place, String id) {
            return subscriptions
                    .find(place.partner(), place.environment(), id)
                    .orElseThrow(() ->
                            Refused.notFound(
                                    "subscription_not_found",
                                    "there is no subscription " + id + " here"));
        }
    }

    private final Sources sources;
    private final Stories stories;
    private final SubscriptionEndings endings;
    private final Places places;

    SubscriptionPages(
            Sources sources, Stories stories, SubscriptionEndings endings, Places places) {
        this.sources = sources;
        this.stories = stories;
        this.endings = endings;
        this.places = places;
    }

    @GetMapping
    String list(
            Place place,
            Words words,
            SubscriptionSearch asked,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page =
                asked.filter(place)
                        .map(filter ->
                                sources.subscriptions().list(filter, new PageRequest(ROWS, after)))
                        .orElseGet(() -> new Page<SoughtSubscriptions.Found>(List.of(), null));
        model.addAttribute(
                "rows",
                page.data().stream()
                        .map(found ->
                                SubscriptionView.row(
                                        words, found, places.word(found.state().partner())))
                        .toList());
        model.addAttribute("asked", asked);
        model.addAttribute("stages", SoughtSubscriptions.Stage.values());
        model.addAttribute(
                "products", sources.orders().productNames(place.partner(), place.environment()));
        model.addAttribute("first", after == null ? null : asked.address(place, null));
        model.addAttribute(
                "next", page.nextCursor() == null ? null : asked.address(place, page.nextCursor()));
        return "console/subscriptions";
    }

    @GetMapping(ONE)
    String show(Place place, Words words, @PathVariable String subscription, Model model) {
        var found = sources.get(place, subscription);
        var state = found.state();
        String partner = places.word(state.partner());
        var buyer = state.buyer();
        model.addAttribute("id", state.subscriptionId());
        model.addAttribute("url", place.path("/abonnements/" + state.subscriptionId()));
        model.addAttribute("state", SubscriptionView.badge(words, state));
        model.addAttribute("sentence", SubscriptionView.sentence(words, state));
        model.addAttribute("facts", SubscriptionView.facts(words, found));
        model.addAttribute("buyer", buyer == null ? List.of() : OrderView.buyer(words, buyer));
        model.addAttribute("ends", state.cancelAt() != null && !state.isEnded());
        model.addAttribute("obstacle", obstacle(endings, state));
        model.addAttribute("atStripe", atStripe(state));
        model.addAttribute(
                "payments",
                SubscriptionView.payments(
                        words, stories.of(sources.orders().ofSubscription(state)), partner));
        model.addAttribute(
                "told",
                SubscriptionView.told(
                        words,
                        sources.notifications()
                                .ofSubscription(
                                        state.partner(),
                                        state.environment(),
                                        state.subscriptionId()),
                        partner));
        return "console/subscription";
    }

    /** The end of the key of the words that say why there is no button; empty for none. */
    static String obstacle(SubscriptionEndings endings, SubscriptionState state) {
        return endings.obstacle(state)
                .map(obstacle -> obstacle.name().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static String atStripe(SubscriptionState state) {
        return "https://dashboard.stripe.com/"
                + (state.account().isEmpty() ? "" : state.account() + "/")
                + (state.environment().livemode() ? "" : "test/")
                + "subscriptions/"
                + state.subscriptionId();
    }
}
