package com.comptappart.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the terminal shows of a purchase: what happened, when, and where to look. */
final class Telling {

    private final Parts parts;
    private final Arrivals arrivals;

    Telling(Parts parts, Arrivals arrivals) {
        this.parts = parts;
        this.arrivals = arrivals;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.addAll(happened());
        lines.add("");
        lines.addAll(addresses());
        return lines;
    }

    private List<String> happened() {
        var bought = Product.ALL.getFirst();
        var lines = new ArrayList<String>();
        lines.add(
                line(
                        "Achat",
                        "%s paie « %s », %s, par la page de paiement"
                                .formatted(
                                        Purchase.BUYER, bought.name(), bought.price(Locale.FRANCE)),
                        ""));
        JsonNode order = arrivals.order();
        if (order != null) {
            lines.add(
                    line(
                            "Commande",
                            "n° " + order.path("order_id").asLong(),
                            after(createdAt(order))));
        }
        Arrivals.Document invoice = arrivals.invoice();
        if (invoice != null) {
            String size = Math.ceilDiv(invoice.pdf().length, 1024) + " Kio";
            lines.add(line("Facture", invoice.name() + ", Factur-X, " + size, after(invoice.at())));
        }
        Mail mail = arrivals.mail();
        if (mail != null) {
            lines.add(
                    line(
                            "Courriel",
                            "« " + mail.subject() + " », avec le même PDF",
                            after(mail.receivedAt())));
        }
        Call call = arrivals.call();
        if (call != null) {
            lines.add(
                    line(
                            "Notification",
                            call.type()
                                    + ", signature vérifiée par la bibliothèque Standard Webhooks",
                            after(call.at())));
        }
        return lines;
    }

    private List<String> addresses() {
        var lines = new ArrayList<String>();
        lines.add(line("Boutique", parts.shop().url("/"), ""));
        JsonNode order = arrivals.order();
        if (order != null) {
            String page = "/commandes/" + order.path("order_id").asLong();
            lines.add(line("Commande", parts.consoleUrl(page), ""));
            lines.add(line("", "clé d'opérateur pour entrer : " + parts.operatorKey(), ""));
        }
        Mail mail = arrivals.mail();
        lines.add(
                line(
                        "Courriels",
                        parts.inbox().url(mail == null ? "/" : "/mails/" + mail.id()),
                        ""));
        lines.add(line("Partenaire", parts.partner().url("/"), ""));
        Arrivals.Document invoice = arrivals.invoice();
        if (invoice != null) {
            lines.add(line("Facture", invoice.url(), ""));
        }
        return lines;
    }

    private @Nullable Instant createdAt(JsonNode order) {
        String at = order.path("created_at").asString("");
        return at.isEmpty() ? null : Instant.parse(at);
    }

    private String after(@Nullable Instant at) {
        if (at == null) {
            return "";
        }
        Duration after = arrivals.since(at);
        return "  +" + Math.max(0, after.toMillis()) + " ms";
    }

    private static String line(String name, String what, String after) {
        return String.format(Locale.ROOT, "  %-13s %s%s", name, what, after);
    }
}
