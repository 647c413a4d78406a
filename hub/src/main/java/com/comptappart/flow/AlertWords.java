package com.comptappart.flow;

import com.comptappart.kernel.Said;
import com.comptappart.webhook.Diagnosis;
import com.comptappart.webhook.EndpointAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** What an alert says happened, and why. */
final class AlertWords {

    /** Causes that are told one by one. */
    private static final int MOST_CAUSES = 3;

    private final EndpointAlert alert;
    private final MessageSource messages;
    private final boolean french;

    AlertWords(EndpointAlert alert, MessageSource messages, boolean french) {
        this.alert = alert;
        this.messages = messages;
        this.french = french;
    }

    String headline() {
        long failed = alert.failed();
        return switch (alert.kind()) {
            case DISABLED -> in("Point de réception désactivé", "Webhook endpoint disabled");
            case FIRST_FAILURE ->
                    in("Première notification non reçue", "First notification not received");
            case ADDRESS_REFUSED -> in("Adresse refusée", "Address refused");
            case FAILED ->
                    failed == 1
                            ? in("1 notification en échec", "1 notification failed")
                            : in(
                                    failed + " notifications en échec",
                                    failed + " notifications failed");
            case STALLED ->
                    in("Plus aucune notification reçue", "No notification received any more");
            case CERTIFICATE -> in("Certificat bientôt expiré", "Certificate about to expire");
            case RECOVERED -> in("Notifications de nouveau reçues", "Notifications received again");
        };
    }

    /** What happened, then why. */
    List<String> sentences() {
        var sentences = new ArrayList<String>();
        if (alert.kind() == EndpointAlert.Kind.FAILED) {
            failures(sentences);
            return sentences;
        }
        sentences.add(what());
        if (!alert.reason().isEmpty()) {
            sentences.add(cause(alert.reason()));
            add(sentences, alert.diagnosis());
        }
        return sentences;
    }

    private void failures(List<String> sentences) {
        var causes = alert.causes();
        for (var each : causes.subList(0, Math.min(MOST_CAUSES, causes.size()))) {
            sentences.add(
                    in("En échec vers ", "Failed towards ")
                            + each.url()
                            + in(" : ", ": ")
                            + notifications(each.count())
                            + ". "
                            + cause(each.reason()));
            add(sentences, each.diagnosis());
        }
        long others = causes.stream().skip(MOST_CAUSES).mapToLong(EndpointAlert.Cause::count).sum();
        if (others > 0) {
            sentences.add(
                    in("Pour d'autres causes : ", "For other causes: ")
                            + notifications(others)
                            + ".");
        }
    }

    private void add(List<String> sentences, @Nullable Diagnosis diagnosis) {
        if (diagnosis != null) {
            sentences.add(in(diagnosis.french(), diagnosis.english()));
        }
    }

    private String cause(String reason) {
        String said =
                french
                        ? Said.translated(
                                reason,
                                (code, values) -> messages.getMessage(code, values, Locale.FRENCH))
                        : reason;
        return in("Cause : ", "Cause: ") + said + ".";
    }

    private String what() {
        String url = alert.endpoint().url();
        String at = Letter.time(alert.at(), french);
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
            case ADDRESS_REFUSED ->
                    in(
                            "Depuis le "
                                    + at
                                    + ", le hub n'appelle plus "
                                    + url
                                    + " : son adresse n'est pas de celles qu'il appelle. Les essais continuent, et repartent dès qu'elle l'est de nouveau.",
                            "Since "
                                    + at
                                    + " the hub doesn't call "
                                    + url
                                    + ": its address is none that it calls. We go on trying, and it works again once that is mended.");
            case FAILED -> "";
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

    static String notifications(long count) {
        return count + (count < 2 ? " notification" : " notifications");
    }

    private String in(String inFrench, String inEnglish) {
        return french ? inFrench : inEnglish;
    }
}
