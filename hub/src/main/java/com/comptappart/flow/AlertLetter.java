package com.comptappart.flow;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Said;
import com.comptappart.partner.Partner;
import com.comptappart.webhook.EndpointAlert;
import com.comptappart.webhook.EndpointAlert.Kind;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/** The words of an alert: what happened, why, what waits and what to do. */
final class AlertLetter {

    private final EndpointAlert alert;
    private final Partner partner;
    private final String publicUrl;
    private final MessageSource messages;
    private final boolean toOperator;
    private final boolean french;

    AlertLetter(
            EndpointAlert alert,
            Partner partner,
            String publicUrl,
            MessageSource messages,
            boolean toOperator) {
        this.alert = alert;
        this.partner = partner;
        this.publicUrl = publicUrl;
        this.messages = messages;
        this.toOperator = toOperator;
        french = toOperator || partner.locale().equals("fr");
    }

    Letter letter() {
        var sentences = new ArrayList<String>();
        sentences.add(
                toOperator
                        ? "Point de réception de " + partner.name() + " :"
                        : (french ? "Bonjour " : "Hello ") + partner.name() + ",");
        sentences.add(what());
        cause(sentences);
        sentences.add(waits());
        var calls = calls();
        if (!calls.isEmpty()) {
            sentences.add(toDo());
        }
        return new Letter(
                french, subject(), sentences, calls, alert.waiting().count() == 0 ? null : link());
    }

    private String subject() {
        String host = URI.create(alert.endpoint().url()).getHost();
        int failed = alert.failed();
        String said =
                switch (alert.kind()) {
                    case DISABLED ->
                            in("Point de réception désactivé", "Webhook endpoint disabled");
                    case FIRST_FAILURE ->
                            in(
                                    "Première notification non reçue",
                                    "First notification not received");
                    case FAILED ->
                            failed == 1
                                    ? in("1 notification en échec", "1 notification failed")
                                    : in(
                                            failed + " notifications en échec",
                                            failed + " notifications failed");
                    case STALLED ->
                            in(
                                    "Plus aucune notification reçue",
                                    "No notification received any more");
                    case CERTIFICATE ->
                            in("Certificat bientôt expiré", "Certificate about to expire");
                    case RECOVERED ->
                            in("Notifications de nouveau reçues", "Notifications received again");
                };
        return said
                + (toOperator ? " (" + Letter.oneLine(partner.name()) + ")" : "")
                + " – "
                + host;
    }

    private String what() {
        String url = alert.endpoint().url();
        String at = time(alert.at());
        return switch (alert.kind()) {
            case DISABLED ->
                    in(
                            "Le point de réception "
                                    + url
                                    + " est désactivé depuis le "
                                    + at
                                    + ". Plus rien ne lui est envoyé ; ce qui lui est dû est gardé.",
                            "The webhook endpoint "
                                    + url
                                    + " is disabled since "
                                    + at
                                    + ". Nothing more is sent to it; what is owed to it is kept.");
            case FIRST_FAILURE ->
                    in(
                            "Le "
                                    + at
                                    + ", "
                                    + url
                                    + " n'a pas pris une notification : c'est le premier échec de ce nouveau point de réception.",
                            "On "
                                    + at
                                    + ", "
                                    + url
                                    + " did not take a notification: this new endpoint's first failure.");
            case FAILED ->
                    in(
                            "En échec vers " + url + " : " + notifications(alert.failed()) + ".",
                            "Failed towards " + url + ": " + notifications(alert.failed()) + ".");
            case STALLED ->
                    in(
                            url
                                    + " n'a pris aucune notification depuis le "
                                    + at
                                    + ", et il y en a qui attendent. Les essais continuent.",
                            url
                                    + " has taken no notification since "
                                    + at
                                    + ", and some are waiting. We go on trying.");
            case CERTIFICATE ->
                    in(
                            "Le certificat de "
                                    + url
                                    + " finit le "
                                    + at
                                    + ". Passé ce moment, plus aucune notification n'arrivera : renouvelez-le, puis rechargez le serveur.",
                            "The certificate of "
                                    + url
                                    + " ends on "
                                    + at
                                    + ". After that no notification will arrive: renew it, then reload the server.");
            case RECOVERED ->
                    in(
                            url + " prend de nouveau les notifications.",
                            url + " takes notifications again.");
        };
    }

    private void cause(List<String> sentences) {
        if (alert.reason().isEmpty()) {
            return;
        }
        String reason =
                french
                        ? Said.translated(
                                alert.reason(),
                                (code, values) -> messages.getMessage(code, values, Locale.FRENCH))
                        : alert.reason();
        sentences.add(in("Cause : ", "Cause: ") + reason + ".");
        var diagnosis = alert.diagnosis();
        if (diagnosis != null) {
            sentences.add(in(diagnosis.french(), diagnosis.english()));
        }
    }

    private String waits() {
        var waiting = alert.waiting();
        if (waiting.count() == 0) {
            return in("Rien n'attend.", "Nothing is waiting.");
        }
        String orders =
                in(
                        waiting.orders() + (waiting.orders() < 2 ? " commande" : " commandes"),
                        waiting.orders() + (waiting.orders() == 1 ? " order" : " orders"));
        String amounts =
                waiting.amounts().stream()
                        .map(each -> Letter.amount(each, french))
                        .collect(Collectors.joining(", "));
        return in("En attente : ", "Waiting: ")
                + (waiting.isMore() ? in("plus de ", "more than ") : "")
                + orders
                + (amounts.isEmpty() ? "" : in(", soit ", ", worth ") + amounts)
                + " ("
                + notifications(waiting.count())
                + parts()
                + "). "
                + in("Rien n'est perdu.", "Nothing is lost.");
    }

    /** Which of them go again by themselves. */
    private String parts() {
        var waiting = alert.waiting();
        var parts = new ArrayList<String>();
        add(parts, waiting.of("pending"), "à réessayer d'office", "to be tried again");
        add(parts, waiting.of("failed"), "en échec", "failed");
        add(
                parts,
                waiting.of("held"),
                "retenues jusqu'à la réactivation",
                "held until it is enabled");
        return in(" : ", ": ") + String.join(", ", parts);
    }

    private void add(List<String> parts, long count, String inFrench, String inEnglish) {
        if (count > 0) {
            parts.add(count + " " + in(inFrench, inEnglish));
        }
    }

    private String notifications(long count) {
        return count + (count < 2 ? " notification" : " notifications");
    }

    private String toDo() {
        if (alert.kind() == Kind.RECOVERED) {
            return in(
                    "Ce qui est en échec ne repart pas de soi-même : renvoyez tout d'un appel à l'API :",
                    "What failed is not sent again by itself: have all of it sent again by one call of the API:");
        }
        return alert.kind() == Kind.DISABLED
                ? in(
                        "Une fois la cause corrigée, réactivez-le, puis renvoyez ce qui est en échec, par l'API :",
                        "Once the cause is mended, enable it, then have what failed sent again, by the API:")
                : in(
                        "Ce qui est en échec ne repart pas de soi-même. Une fois la cause corrigée, renvoyez tout d'un appel à l'API :",
                        "What failed is not sent again by itself. Once the cause is mended, have all of it sent again by one call of the API:");
    }

    private List<String> calls() {
        String path = "POST " + publicUrl + "/v1/webhook-endpoints/" + alert.endpoint().id();
        var calls = new ArrayList<String>();
        if (alert.kind() == Kind.DISABLED) {
            calls.add(path + "/enable");
        }
        if (alert.waiting().of("failed") > 0) {
            calls.add(
                    path
                            + "/recover {\"since\": \""
                            + alert.recoverSince().truncatedTo(ChronoUnit.SECONDS)
                            + "\"}");
        }
        return calls;
    }

    private Letter.Link link() {
        String mode = alert.endpoint().environment() == Environment.PRODUCTION ? "live" : "test";
        String url = publicUrl + "/console/" + partner.id().value() + "/" + mode + "/a-traiter";
        return new Letter.Link(
                toOperator
                        ? "Voir dans la console ce qui attend, et renvoyer :"
                        : in(
                                "L'opérateur du hub peut aussi renvoyer depuis sa console :",
                                "The hub's operator can have them sent again from the console too:"),
                url);
    }

    private String time(Instant instant) {
        return Letter.time(instant, french);
    }

    private String in(String inFrench, String inEnglish) {
        return french ? inFrench : inEnglish;
    }
}
