package com.comptappart.console;

import com.comptappart.order.OrderLine;
import java.util.List;

/** One row of the list of orders, as it is shown. */
record OrderRow(
        String number,
        String url,
        String partner,
        String time,
        String machineTime,
        String buyer,
        String email,
        String products,
        String total,
        String invoice,
        Badge mail,
        Badge delivery,
        String attention) {

    static OrderRow of(Words words, Story story, String partner) {
        var paid = story.paid();
        var invoice = story.invoice();
        String name = paid.buyer().name();
        String email = paid.buyer().email();
        return new OrderRow(
                story.id().toString(),
                Place.path(partner, paid.environment(), "/commandes/" + story.id()),
                story.unassigned() ? words.text("place.unassigned") : partner,
                words.time(paid.payment().paidAt()),
                Words.machine(paid.payment().paidAt()),
                name == null ? "" : name,
                email == null ? "" : email,
                products(words, paid.lines()),
                words.money(paid.total(), paid.currency()),
                invoice == null ? "" : invoice.number(),
                States.mail(words, story),
                States.delivery(words, story),
                story.attention(words));
    }

    private static String products(Words words, List<OrderLine> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        String first = lines.getFirst().name();
        return lines.size() == 1 ? first : words.text("orders.and-more", first, lines.size() - 1);
    }
}
