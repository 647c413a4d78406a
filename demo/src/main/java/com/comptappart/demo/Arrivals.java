package com.comptappart.demo;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Waits for the four things that a purchase leads to, and says which of them did not come. */
final class Arrivals {

    private static final long LOOK_AGAIN_MILLIS = 15;

    private final Parts parts;
    private final Purchase.Paid paid;
    private final Clock clock;
    private @Nullable JsonNode order;
    private @Nullable Call call;
    private @Nullable Mail mail;
    private @Nullable Document invoice;

    /** The invoice's file, and when it was first there. */
    record Document(String url, String name, byte[] pdf, Instant at) {

        boolean isFacturX() {
            return FacturX.is(pdf);
        }
    }

    Arrivals(Parts parts, Purchase.Paid paid, Clock clock) {
        this.parts = parts;
        this.paid = paid;
        this.clock = clock;
    }

    /** Looks until all is there, at most so long. */
    Arrivals await(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        look();
        while (!missing().isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return this;
            }
            look();
        }
        return this;
    }

    /** One French sentence for each thing that is not there. */
    List<String> missing() {
        var sentences = new ArrayList<String>();
        if (order == null) {
            sentences.add("La commande n'est pas arrivée dans ComptAppart.");
        }
        if (invoice == null) {
            sentences.add("La facture PDF n'est pas arrivée.");
        } else if (!invoice.isFacturX()) {
            sentences.add("La facture n'est pas un PDF qui contient factur-x.xml.");
        }
        if (mail == null) {
            sentences.add(
                    "Le courriel avec cette facture n'est pas arrivé dans la boîte de réception.");
        }
        if (call == null) {
            sentences.add(
                    "La notification signée et vérifiée n'est pas arrivée chez le partenaire.");
        }
        return sentences;
    }

    @Nullable JsonNode order() {
        return order;
    }

    @Nullable Call call() {
        return call;
    }

    @Nullable Mail mail() {
        return mail;
    }

    @Nullable Document invoice() {
        return invoice;
    }

    Duration since(Instant at) {
        return Duration.between(paid.paidAt(), at);
    }

    private void look() {
        if (order == null || order.path("invoice").path("number").asString("").isEmpty()) {
            order = parts.hub().order(Purchase.EMAIL, paid.session()).orElse(null);
        }
        if (order == null) {
            return;
        }
        if (call == null) {
            call = parts.partner().told(order.path("order_id").asLong()).orElse(null);
        }
        if (invoice == null) {
            invoice = document(call == null ? order : call.body());
        }
        if (mail == null && invoice != null) {
            mail = mailWith(invoice);
        }
    }

    /** By the link that the partner got; by the order's own while the partner has none. */
    private @Nullable Document document(JsonNode told) {
        String url = told.path("invoice").path("pdf_url").asString("");
        if (url.isEmpty()) {
            return null;
        }
        var response =
                parts.http()
                        .send(
                                parts.http().request(url).GET(),
                                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            return null;
        }
        return new Document(
                url,
                told.path("invoice").path("pdf_filename").asString(""),
                response.body(),
                clock.instant());
    }

    private @Nullable Mail mailWith(Document document) {
        return parts.inbox().mails().stream()
                .filter(each -> each.carries(document.name(), document.pdf()))
                .findFirst()
                .orElse(null);
    }
}
