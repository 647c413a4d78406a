package com.comptappart.flow;

import com.comptappart.kernel.Environment;
import com.comptappart.partner.Partner;
import com.comptappart.webhook.EndpointAlert;
import com.comptappart.webhook.EndpointAlert.Kind;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/** The words of an alert: what happened, why, what waits and what to do. */
final class AlertLetter {

    private final EndpointAlert alert;
    private final Partner partner;
    private final String publicUrl;
    private final AlertWords words;
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
        this.toOperator = toOperator;
        french = toOperator || partner.locale().equals("fr");
        words = new AlertWords(alert, messages, french);
    }

    Letter letter() {
        var sentences = new ArrayList<String>();
        sentences.add(
                toOperator
                        ? "Point de réception de " + partner.name() + " :"
                        : (french ? "Bonjour " : "Hello ") + partner.name() + ",");
        sentences.addAll(words.sentences());
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
        return words.headline()
                + (toOperator ? " (" + Letter.oneLine(partner.name()) + ")" : "")
                + " – "
                + host;
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
                + AlertWords.notifications(waiting.count())
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
        String url =
                publicUrl
                        + "/console/"
                        + partner.id().value()
                        + "/"
                        + mode
                        + "/livraisons/reprise/"
                        + alert.endpoint().id();
        return new Letter.Link(
                toOperator
                        ? "Voir dans la console ce qui attend, et renvoyer :"
                        : in(
                                "L'opérateur du hub peut aussi renvoyer depuis sa console :",
                                "The hub's operator can have them sent again from the console too:"),
                url);
    }

    private String in(String inFrench, String inEnglish) {
        return french ? inFrench : inEnglish;
    }
}
