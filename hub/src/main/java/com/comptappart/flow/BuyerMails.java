package com.comptappart.flow;

import com.comptappart.buyer.BuyerLinkAsked;
import com.comptappart.buyer.Declaration;
import com.comptappart.buyer.DeclarationMade;
import com.comptappart.buyer.DeclarationSettled;
import com.comptappart.kernel.Environment;
import com.comptappart.mail.Mails;
import com.comptappart.mail.OutgoingMail;
import com.comptappart.mail.OutgoingMail.Audience;
import com.comptappart.partner.Seller;
import com.comptappart.partner.Sellers;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Owes buyers the mails that follow from what they do without an account, in the transaction that
 * keeps it: the link that they asked for, and the acknowledgement of a declaration on a durable
 * medium (Code de la consommation, L215-1-1 and D221-5).
 */
@Component
class BuyerMails {

    private final Sellers sellers;
    private final Mails mails;
    private final AlertMails.Addressees addressees;

    BuyerMails(Sellers sellers, Mails mails, AlertMails.Addressees addressees) {
        this.sellers = sellers;
        this.mails = mails;
        this.addressees = addressees;
    }

    @EventListener
    void on(BuyerLinkAsked asked) {
        var paid = asked.order().paid();
        var seller = sellers.sellerOf(paid.partner(), paid.environment());
        boolean french = Letter.isFrench(paid);
        var letter =
                new Letter(
                        french,
                        (french
                                        ? "Le lien vers vos factures et abonnements – "
                                        : "The link to your invoices and subscriptions – ")
                                + Letter.oneLine(seller.name()),
                        french
                                ? List.of(
                                        Letter.greeting("Bonjour", paid.buyer()),
                                        "Ce lien ouvre vos factures et vos abonnements, et permet de changer de"
                                                + " carte, jusqu'au "
                                                + Letter.time(asked.expiresAt(), true)
                                                + ". Ne le transmettez à personne.",
                                        "Vous n'avez rien demandé ? Ne faites rien : lui seul ouvre votre espace.")
                                : List.of(
                                        Letter.greeting("Hello", paid.buyer()),
                                        "This link opens your invoices and subscriptions, and lets you change"
                                                + " your card, until "
                                                + Letter.time(asked.expiresAt(), false)
                                                + ". Pass it on to nobody.",
                                        "You asked for nothing? Do nothing: only this link opens your area."),
                        List.of(),
                        new Letter.Link(
                                french ? "Ouvrir mon espace" : "Open my area", asked.url()));
        // Whoever may read mails in the console must not reach a buyer's means of payment. What
        // belongs to a test is shown, and never sent to the buyer.
        var audience = paid.environment().livemode() ? Audience.PERSON : Audience.BUYER;
        mails.owe(
                List.of(
                        new OutgoingMail(
                                paid.partner(),
                                paid.environment(),
                                null,
                                "buyer-link " + asked.asked(),
                                paid.buyer().email(),
                                letter.subject(),
                                letter.text(seller),
                                letter.html(seller),
                                null,
                                audience)));
    }

    @EventListener
    void on(DeclarationMade made) {
        var declaration = made.declaration();
        var seller = seller(declaration);
        owe(
                declaration,
                declaration.id(),
                DeclarationLetter.received(declaration, seller, made.areaUrl()),
                seller);
    }

    @EventListener
    void on(DeclarationSettled settled) {
        var declaration = settled.declaration();
        var seller = seller(declaration);
        String back =
                settled.backToken().isEmpty()
                        ? ""
                        : addressees.publicUrl() + "/resilier/revenir/" + settled.backToken();
        owe(
                declaration,
                declaration.id() + " " + settled.step(),
                DeclarationLetter.settled(declaration, seller, back),
                seller);
    }

    private Seller seller(Declaration declaration) {
        var seller = sellers.sellerOf(declaration.partner(), declaration.environment());
        // What names no contract counts as real, also on a hub that only tests.
        return seller.name().isBlank()
                ? sellers.sellerOf(declaration.partner(), Environment.STAGING)
                : seller;
    }

    private void owe(Declaration declaration, String key, Letter letter, Seller seller) {
        mails.owe(
                List.of(
                        new OutgoingMail(
                                declaration.partner(),
                                declaration.environment(),
                                null,
                                key,
                                declaration.said().email(),
                                letter.subject(),
                                letter.text(seller),
                                letter.html(seller),
                                null)));
    }
}
