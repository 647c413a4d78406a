package com.comptappart.demo;

import static com.comptappart.demo.Html.text;

/** The partner's address for webhooks, and its log. */
final class PartnerPages implements Site.Pages {

    private final SamplePartner partner;

    PartnerPages(SamplePartner partner) {
        this.partner = partner;
    }

    @Override
    public Site.Answer answer(Site.Request request) {
        if (request.is("POST", "/webhook")) {
            return partner.receive(request);
        }
        var html = Html.of(request);
        String where = html.say("Journal du partenaire", "Partner's log");
        if (!request.path().equals("/")) {
            return html.notFound(where);
        }
        return Site.Answer.html(200, html.page(where, where, log(html)));
    }

    private String log(Html html) {
        var calls = partner.calls();
        String head =
                "<h1>%s</h1><p class=\"lead\">%s</p>"
                        .formatted(
                                text(html.say("Notifications reçues", "Received notifications")),
                                text(
                                        html.say(
                                                "Ce partenaire d'exemple vérifie chaque appel de ComptAppart avec la bibliothèque publique Standard Webhooks et ne traite chaque événement qu'une fois.",
                                                "This sample partner verifies each of ComptAppart's calls with the public Standard Webhooks library and handles each event once.")));
        if (calls.isEmpty()) {
            return head
                    + "<p class=\"panel empty\">%s</p>"
                            .formatted(text(html.say("Rien encore.", "Nothing yet.")));
        }
        var rows = new StringBuilder();
        calls.forEach(call -> rows.append(row(html, call)));
        return """
        %s
        <div class="scroll"><table>
        <thead><tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr></thead>
        <tbody>%s</tbody>
        </table></div>
        """
                .formatted(
                        head,
                        text(html.say("Reçue", "Received")),
                        text(html.say("Événement", "Event")),
                        text(html.say("Commande", "Order")),
                        text("Signature"),
                        rows);
    }

    private static String row(Html html, Call call) {
        return """
        <tr><td class="fixed">%s</td>
        <td><b>%s</b><br>%s<details><summary>%s</summary><pre>%s</pre></details></td>
        <td>%s</td>
        <td>%s</td></tr>
        """
                .formatted(
                        Html.time(call.at()),
                        text(call.type()),
                        text(call.messageId()),
                        text(html.say("Contenu", "Content")),
                        text(pretty(call)),
                        order(html, call),
                        signature(html, call));
    }

    private static String order(Html html, Call call) {
        if (call.orderId() == 0) {
            return "";
        }
        var order = call.body().path("order");
        return "%s %d<br>%s %s%s"
                .formatted(
                        text(html.say("n°", "no.")),
                        call.orderId(),
                        text(order.path("total_amount").asString("")),
                        text(order.path("currency").asString("")),
                        call.pdfUrl().startsWith("http")
                                ? "<br><a href=\"%s\">%s</a>"
                                        .formatted(
                                                text(call.pdfUrl()),
                                                text(html.say("Facture (PDF)", "Invoice (PDF)")))
                                : "");
    }

    private static String signature(Html html, Call call) {
        if (!call.verified()) {
            return "<span class=\"bad\">%s</span><br>%s"
                    .formatted(text(html.say("refusée", "refused")), text(call.reason()));
        }
        String good =
                "<span class=\"good\">%s</span>".formatted(text(html.say("vérifiée", "verified")));
        return call.known()
                ? good
                        + " <span class=\"known\">%s</span>"
                                .formatted(text(html.say("déjà reçue", "seen before")))
                : good;
    }

    private static String pretty(Call call) {
        return call.body().isEmpty()
                ? call.raw()
                : Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(call.body());
    }
}
