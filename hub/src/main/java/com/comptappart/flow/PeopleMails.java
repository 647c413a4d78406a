package com.comptappart.flow;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.partner.Partner;
import com.comptappart.partner.Partners;
import com.comptappart.partner.Sellers;
import com.comptappart.people.EmailAddress;
import com.comptappart.people.Invitation;
import com.comptappart.people.InvitationSent;
import com.comptappart.people.SignInLinkSent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Owes the mails that let people in, in the transaction that keeps the link. */
@Component
class PeopleMails {

    private final Partners partners;
    private final Sellers sellers;
    private final Mails mails;
    private final MessageSource messages;
    private final AlertMails.Addressees addressees;

    PeopleMails(
            Partners partners,
            Sellers sellers,
            Mails mails,
            MessageSource messages,
            AlertMails.Addressees addressees) {
        this.partners = partners;
        this.sellers = sellers;
        this.mails = mails;
        this.messages = messages;
        this.addressees = addressees;
    }

    @EventListener
    void on(SignInLinkSent sent) {
        boolean french = sent.person().language().equals("fr");
        var letter =
                new Letter(
                        french,
                        french
                                ? "Votre lien pour vous connecter à ComptAppart"
                                : "Your link to sign in to ComptAppart",
                        french
                                ? List.of(
                                        "Bonjour " + sent.person().name() + ",",
                                        "Vous avez demandé à vous connecter. Ce lien sert une fois, jusqu'au "
                                                + Letter.time(sent.expiresAt(), true)
                                                + ".",
                                        "Vous n'avez rien demandé ? Ne faites rien : sans ce lien, personne n'entre. Ne le transmettez à personne.")
                                : List.of(
                                        "Hello " + sent.person().name() + ",",
                                        "You asked to sign in. This link works once, until "
                                                + Letter.time(sent.expiresAt(), false)
                                                + ".",
                                        "You asked for nothing? Do nothing: without this link nobody comes in. Pass it on to nobody."),
                        List.of(),
                        new Letter.Link(
                                french ? "Se connecter" : "Sign in",
                                url("entrer", sent.token(), sent.to())));
        owe(null, "sign-in " + sent.expiresAt(), sent.person().email(), letter);
    }

    @EventListener
    void on(InvitationSent sent) {
        var invitation = sent.invitation();
        var partner = partner(invitation);
        boolean french = partner == null || partner.locale().equals("fr");
        String where =
                partner == null ? (french ? "tout le hub" : "the whole hub") : partner.name();
        String until = Letter.time(invitation.expiresAt(), french);
        var letter =
                new Letter(
                        french,
                        (french
                                        ? "Invitation à la console de paiement – "
                                        : "Invitation to the payments console – ")
                                + Letter.oneLine(where),
                        french
                                ? List.of(
                                        "Bonjour,",
                                        sent.by()
                                                + " vous invite dans la console de ComptAppart : "
                                                + where
                                                + ", avec le rôle « "
                                                + role(invitation, Locale.FRENCH)
                                                + " ».",
                                        "Ce lien sert une fois, jusqu'au "
                                                + until
                                                + ". Ensuite, votre adresse suffit pour vous connecter.")
                                : List.of(
                                        "Hello,",
                                        sent.by()
                                                + " invites you to the ComptAppart console: "
                                                + where
                                                + ", as “"
                                                + role(invitation, Locale.ENGLISH)
                                                + "”.",
                                        "This link works once, until "
                                                + until
                                                + ". From then on your address is enough to sign in."),
                        List.of(),
                        new Letter.Link(
                                french ? "Accepter l'invitation" : "Accept the invitation",
                                url("invitation", sent.token(), "")));
        owe(
                partner == null ? null : partner.id(),
                invitation.id() + " " + invitation.expiresAt(),
                invitation.email(),
                letter);
    }

    private @Nullable Partner partner(Invitation invitation) {
        var id = invitation.partner();
        return id == null ? null : partners.get(id);
    }

    /** Those of the hub stand with what belongs to no partner: only the operator sees them. */
    private void owe(
            @Nullable PartnerId partner, String key, EmailAddress recipient, Letter letter) {
        var seller = sellers.sellerOf(PartnerId.UNASSIGNED, Environment.PRODUCTION);
        mails.owe(
                List.of(
                        new OutgoingMail(
                                partner == null ? PartnerId.UNASSIGNED : partner,
                                Environment.PRODUCTION,
                                null,
                                key,
                                recipient.value(),
                                letter.subject(),
                                letter.text(seller),
                                letter.html(seller),
                                null,
                                OutgoingMail.Audience.PERSON)));
    }

    private String role(Invitation invitation, Locale locale) {
        return messages.getMessage("role." + invitation.role().code(), null, locale);
    }

    private String url(String page, String token, String to) {
        return addressees.publicUrl()
                + "/console/"
                + page
                + "?jeton="
                + token
                + (to.isEmpty() ? "" : "&to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
    }
}
