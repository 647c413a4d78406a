package com.comptappart.flow;

import com.comptappart.buyer.Declaration;
import com.comptappart.buyer.Declaration.Kind;
import com.comptappart.buyer.Declaration.State;
import com.comptappart.kernel.Paris;
import com.comptappart.partner.Seller;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a buyer is told of a declaration: that it was received, with its content, date and time
 * (Code de la consommation, D221-5), then when the contract ends and what that means (L215-1-1).
 */
final class DeclarationLetter {

    private DeclarationLetter() {}

    static Letter received(Declaration declaration, Seller seller, String areaUrl) {
        boolean french = isFrench(declaration);
        boolean ends = declaration.kind() == Kind.TERMINATION;
        String subject =
                ends
                        ? (french
                                ? "Nous avons reçu votre résiliation – "
                                : "We have received your cancellation – ")
                        : (french
                                ? "Nous avons reçu votre rétractation – "
                                : "We have received your withdrawal – ");
        var sentences = new ArrayList<String>();
        sentences.add(greeting(declaration));
        sentences.add(
                french
                        ? (ends
                                        ? "Nous avons reçu la notification de la résiliation de votre contrat le "
                                        : "Nous avons reçu votre déclaration de rétractation le ")
                                + Letter.time(declaration.madeAt(), true)
                                + ". Son numéro : "
                                + declaration.id()
                                + "."
                        : (ends
                                        ? "We received the notice that you cancel your contract on "
                                        : "We received the notice that you withdraw from your contract on ")
                                + Letter.time(declaration.madeAt(), false)
                                + ". Its number: "
                                + declaration.id()
                                + ".");
        sentences.addAll(next(declaration, seller, french));
        sentences.add(
                french
                        ? "Ce message part à l'adresse qui a été donnée. Si ce n'était pas vous, dites-le à "
                                + contact(seller)
                                + ". Voici ce qui a été déclaré :"
                        : "This message goes to the address that was given. If it was not you, tell "
                                + contact(seller)
                                + ". This is what was declared:");
        return new Letter(
                french,
                subject + Letter.oneLine(seller.name()),
                sentences,
                content(declaration, french),
                areaUrl.isEmpty() ? null : Letter.toArea(french, areaUrl));
    }

    private static List<String> next(Declaration declaration, Seller seller, boolean french) {
        if (declaration.kind() == Kind.WITHDRAWAL) {
            return List.of(
                    french
                            ? Letter.oneLine(seller.name())
                                    + " vous rembourse au plus tard quatorze jours après cette déclaration (Code de"
                                    + " la consommation, article L221-24), ou vous écrit pourquoi le droit de rétractation"
                                    + " ne s'applique pas à votre achat (article L221-28)."
                            : Letter.oneLine(seller.name())
                                    + " refunds you within fourteen days of this declaration (Code de la"
                                    + " consommation, article L221-24), or writes to you why there is no right of"
                                    + " withdrawal for your purchase (article L221-28).");
        }
        if (declaration.state() == State.ENDING) {
            return List.of(
                    french
                            ? "Un second message vous dit la date à laquelle votre contrat prend fin et ce qui en"
                                    + " découle."
                            : "A second message tells you the day on which your contract ends, and what follows"
                                    + " from it.");
        }
        return List.of(
                french
                        ? Letter.oneLine(seller.name())
                                + " retrouve votre contrat et vous écrit la date à laquelle il prend fin. Pour"
                                + " l'y aider, ou pour envoyer un justificatif : "
                                + contact(seller)
                                + "."
                        : Letter.oneLine(seller.name())
                                + " finds your contract and writes to you on which day it ends. To help,"
                                + " or to send a proof: "
                                + contact(seller)
                                + ".");
    }

    static Letter settled(Declaration declaration, Seller seller, String backUrl) {
        boolean french = isFrench(declaration);
        if (declaration.state() == State.RESUMED) {
            return new Letter(
                    french,
                    (french ? "Votre abonnement continue – " : "Your subscription goes on – ")
                            + Letter.oneLine(seller.name()),
                    List.of(
                            greeting(declaration),
                            french
                                    ? "À votre demande, la résiliation "
                                            + declaration.id()
                                            + " est annulée : votre abonnement continue comme avant, aux mêmes"
                                            + " conditions et aux mêmes échéances."
                                    : "As you asked, the cancellation "
                                            + declaration.id()
                                            + " is taken back: your subscription goes on as before, on the same"
                                            + " terms and dates."),
                    List.of());
        }
        var end = declaration.endsAt() == null ? declaration.madeAt() : declaration.endsAt();
        String day = day(end, french);
        boolean comes = !backUrl.isEmpty();
        var sentences = new ArrayList<String>();
        sentences.add(greeting(declaration));
        sentences.addAll(
                french ? effects(declaration, day, comes) : inEnglish(declaration, day, comes));
        if (comes) {
            sentences.add(
                    french
                            ? "Ce n'était pas vous, ou vous changez d'avis ? Jusqu'à cette date, le lien"
                                    + " ci-dessous laisse l'abonnement continuer."
                            : "It was not you, or you change your mind? Until that day the link below lets"
                                    + " the subscription go on.");
        }
        return new Letter(
                french,
                (french
                                ? (comes
                                        ? "Votre contrat prend fin le "
                                        : "Votre contrat a pris fin le ")
                                : (comes ? "Your contract ends on " : "Your contract ended on "))
                        + day
                        + " – "
                        + Letter.oneLine(seller.name()),
                sentences,
                List.of(),
                comes
                        ? new Letter.Link(
                                french ? "Garder mon abonnement" : "Keep my subscription", backUrl)
                        : null);
    }

    private static List<String> effects(Declaration declaration, String day, boolean comes) {
        return List.of(
                "Votre résiliation "
                        + declaration.id()
                        + ", reçue le "
                        + Letter.time(declaration.madeAt(), true)
                        + ", est enregistrée.",
                (comes ? "Votre contrat prend fin le " : "Votre contrat a pris fin le ")
                        + day
                        + (comes
                                ? ". Jusque-là, rien ne change. Ensuite, l'accès cesse et plus rien n'est prélevé."
                                : ". Plus rien n'est prélevé.")
                        + " Aucune indemnité n'est demandée ; ce qui était dû avant cette date le reste.");
    }

    private static List<String> inEnglish(Declaration declaration, String day, boolean comes) {
        return List.of(
                "Your cancellation "
                        + declaration.id()
                        + ", received on "
                        + Letter.time(declaration.madeAt(), false)
                        + ", is recorded.",
                (comes ? "Your contract ends on " : "Your contract ended on ")
                        + day
                        + (comes
                                ? ". Until then nothing changes. From then on access ends and nothing more is charged."
                                : ". Nothing more is charged.")
                        + " There is no fee for it; what was due before that day stays due.");
    }

    /** What was declared, a line each; the motive is the seller's to read. */
    private static List<String> content(Declaration declaration, boolean french) {
        var said = declaration.said();
        LocalDate wished = said.wishedOn();
        return Stream.of(
                        line(french ? "Nom : " : "Name: ", said.name()),
                        line(french ? "Adresse e-mail : " : "Email address: ", said.email()),
                        line(
                                french ? "Contrat : " : "Contract: ",
                                said.reference().isEmpty()
                                        ? (french ? "sans référence" : "no reference")
                                        : said.reference()),
                        wished == null
                                ? ""
                                : line(
                                        french ? "Fin souhaitée : " : "Wished end: ",
                                        format(french).format(wished)),
                        said.motive().isEmpty()
                                ? ""
                                : (french
                                        ? "Un motif, transmis au vendeur"
                                        : "A reason, which the seller was given"))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String line(String name, String value) {
        return name + value;
    }

    private static boolean isFrench(Declaration declaration) {
        return declaration.said().language().equals("fr");
    }

    private static String greeting(Declaration declaration) {
        return (isFrench(declaration) ? "Bonjour " : "Hello ")
                + Letter.oneLine(declaration.said().name())
                + ",";
    }

    /** By mail or by post, as D215-2 has it. */
    private static String contact(Seller seller) {
        return Letter.oneLine(seller.contact());
    }

    private static String day(Instant instant, boolean french) {
        return format(french).format(instant.atZone(Paris.ZONE));
    }

    private static DateTimeFormatter format(boolean french) {
        return DateTimeFormatter.ofPattern("d MMMM yyyy", french ? Locale.FRANCE : Locale.UK);
    }
}
