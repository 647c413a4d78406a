package com.comptappart.demo;

import static com.comptappart.demo.Html.text;

import java.util.Optional;

/** What came in: the list, one mail, and its files. */
final class InboxPages implements Site.Pages {

    private static final String BODY = "body";

    private final Inbox inbox;

    InboxPages(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public Site.Answer answer(Site.Request request) {
        var html = Html.of(request);
        String where = html.say("Boîte de réception", "Inbox");
        if (request.path().equals("/")) {
            return Site.Answer.html(200, html.page(where, where, list(html)));
        }
        String[] segments = request.path().split("/", 5);
        if (segments.length < 3 || !segments[1].equals("mails")) {
            return html.notFound(where);
        }
        Optional<Mail> found = inbox.find(segments[2]);
        if (found.isEmpty()) {
            return html.notFound(where);
        }
        Mail mail = found.get();
        if (segments.length == 3) {
            return Site.Answer.html(200, html.page(mail.subject(), where, one(html, mail)));
        }
        if (segments[3].equals(BODY)) {
            return Site.Answer.html(200, mail.html());
        }
        return mail.attachments().stream()
                .filter(file -> file.name().equals(segments[3]))
                .findFirst()
                .map(file -> Site.Answer.file(file.contentType(), file.name(), file.bytes()))
                .orElseGet(() -> html.notFound(where));
    }

    private String list(Html html) {
        String title = "<h1>" + text(html.say("Courriels reçus", "Received mails")) + "</h1>";
        var mails = inbox.mails();
        String lead =
                "<p class=\"lead\">%s</p>"
                        .formatted(
                                text(
                                        html.say(
                                                "En mode test, les courriels ne partent jamais vers l'acheteur : ils arrivent ici.",
                                                "In test mode, mails never go to the buyer: they arrive here.")));
        if (mails.isEmpty()) {
            return title
                    + lead
                    + "<p class=\"panel empty\">%s</p>"
                            .formatted(text(html.say("Rien encore.", "Nothing yet.")));
        }
        var rows = new StringBuilder();
        for (Mail mail : mails) {
            rows.append(
                    """
                    <tr><td class="fixed">%s</td><td><a href="/mails/%d">%s</a></td><td>%s</td><td>%s</td></tr>
                    """
                            .formatted(
                                    Html.time(mail.receivedAt()),
                                    mail.id(),
                                    text(mail.subject()),
                                    text(mail.buyer().isEmpty() ? mail.to() : mail.buyer()),
                                    files(mail)));
        }
        return """
        %s%s
        <div class="scroll"><table>
        <thead><tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr></thead>
        <tbody>%s</tbody>
        </table></div>
        """
                .formatted(
                        title,
                        lead,
                        text(html.say("Reçu", "Received")),
                        text(html.say("Objet", "Subject")),
                        text(html.say("Acheteur", "Buyer")),
                        text(html.say("Pièce jointe", "Attachment")),
                        rows);
    }

    private String one(Html html, Mail mail) {
        String body =
                mail.html().isEmpty()
                        ? "<pre>" + text(mail.text()) + "</pre>"
                        : "<iframe sandbox title=\"%s\" src=\"/mails/%d/%s\"></iframe>"
                                .formatted(
                                        text(html.say("Corps du courriel", "Body of the mail")),
                                        mail.id(),
                                        BODY);
        return """
        <p><a href="/">← %s</a></p>
        <div class="panel">
        <h1>%s</h1>
        <dl>%s%s%s%s</dl>
        <p>%s</p>
        %s
        <details><summary>%s</summary><pre>%s</pre></details>
        </div>
        """
                .formatted(
                        text(html.say("Tous les courriels", "All mails")),
                        text(mail.subject()),
                        line(html.say("De", "From"), mail.from()),
                        line(html.say("Remis à", "Delivered to"), mail.to()),
                        line(html.say("Acheteur", "Buyer"), mail.buyer()),
                        line(html.say("Reçu", "Received"), Html.time(mail.receivedAt())),
                        files(mail),
                        body,
                        text(html.say("Version texte", "Plain text")),
                        text(mail.text()));
    }

    private static String line(String name, String value) {
        return value.isEmpty() ? "" : "<dt>%s</dt><dd>%s</dd>".formatted(text(name), text(value));
    }

    private static String files(Mail mail) {
        var links = new StringBuilder();
        for (var file : mail.attachments()) {
            links.append(
                    "<a class=\"file\" href=\"/mails/%d/%s\">%s</a> "
                            .formatted(mail.id(), text(file.name()), text(file.name())));
        }
        return links.toString();
    }
}
