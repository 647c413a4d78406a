package com.comptappart.console;

import com.comptappart.order.Order;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says what a refund will do before it is done: who gets money, which mail and notification. */
@Component
class RefundEffects {

    private final Listeners listeners;

    RefundEffects(Listeners listeners) {
        this.listeners = listeners;
    }

    List<String> of(Words words, Order order, RefundPlan plan) {
        var paid = order.paid();
        var effects = new ArrayList<String>();
        String method = words.ofCode("payment.", paid.payment().method());
        String last4 = paid.payment().last4();
        effects.add(
                words.text(
                        "refund-sure.money",
                        words.money(plan.minor(), paid.currency()),
                        last4 == null ? method : method + " •••• " + last4));
        if (plan.draft() == null) {
            effects.add(words.text("refund-sure.stands-behind"));
        } else {
            String email = paid.buyer().email();
            effects.add(words.text("refund-sure.credit-note"));
            effects.add(
                    email == null || email.isBlank()
                            ? words.text("refund-sure.no-mail")
                            : words.text("refund-sure.mail", email));
            effects.add(
                    listeners.of(
                            words, paid.partner(), paid.environment(), List.of("order.refunded")));
        }
        if (paid.subscriptionId() != null) {
            effects.add(words.text("refund-sure.subscription"));
        }
        if (plan.reason().equals("fraudulent")) {
            effects.add(words.text("refund-sure.fraud"));
        }
        effects.add(words.text("refund-sure.final"));
        return effects;
    }
}
