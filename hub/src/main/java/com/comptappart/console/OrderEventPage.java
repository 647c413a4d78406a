package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.order.PaidObjects;
import com.comptappart.people.Act;
import com.comptappart.stripe.StripeEvents;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The Stripe event that told of an order's payment or refund, as Stripe sent it. */
@Controller
@May(Act.READ)
class OrderEventPage {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Stories stories;
    private final StripeEvents events;
    private final PaidObjects orders;

    OrderEventPage(Stories stories, StripeEvents events, PaidObjects orders) {
        this.stories = stories;
        this.events = events;
        this.orders = orders;
    }

    @GetMapping(
            "/console/{partner}/{environment:test|live}/commandes/{order:[0-9]{1,18}}/evenements/{event:evt_[A-Za-z0-9_]{1,250}}")
    String show(Place place, @PathVariable long order, @PathVariable String event, Model model) {
        var story = stories.get(place, order);
        var paid = story.paid();
        boolean isItsOwn =
                Stream.concat(
                                Stream.of(paid.eventId()),
                                story.refunds().stream().map(refund -> refund.eventId()))
                        .anyMatch(event::equals);
        var body =
                isItsOwn && maySee(place, story.order())
                        ? events.body(paid.environment(), paid.account(), event)
                        : java.util.Optional.<String>empty();
        model.addAttribute("number", story.id().toString());
        model.addAttribute("back", place.path("/commandes/" + order));
        model.addAttribute("event", event);
        model.addAttribute(
                "json", body.map(OrderEventPage::indented).orElseThrow(() -> none(event)));
        return "console/order-event";
    }

    /** What sold things of others, too, tells of their money. */
    private boolean maySee(Place place, Order order) {
        var paid = order.paid();
        return place.ofAll()
                || orders
                        .ofPayment(paid.account(), paid.environment(), paid.payment().reference())
                        .stream()
                        .allMatch(each -> each.paid().partner().equals(paid.partner()));
    }

    private static String indented(String json) {
        try {
            return JSON.writeValueAsString(JSON.readTree(json));
        } catch (JacksonException e) {
            return json;
        }
    }

    private static Refused none(String event) {
        return Refused.notFound("event_not_found", "this order has no Stripe event " + event);
    }
}
