package com.comptappart.demo;

import static com.comptappart.demo.Html.text;

import com.stripe.model.checkout.Session;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** The partner's shop: four products, a button that leads to Stripe's page, and a thank-you. */
final class Shop implements Site.Pages, AutoCloseable {

    /** Where a buyer of the demo may look further. */
    record Neighbours(String inbox, String partnerLog, String console) {}

    private static final String NAME = "La boutique du bailleur";

    private final ShopStripe stripe;
    private final Neighbours neighbours;
    private final Site site;

    private Shop(int port, ShopStripe stripe, Neighbours neighbours) {
        this.stripe = stripe;
        this.neighbours = neighbours;
        this.site = Site.start(port, this);
    }

    static Shop start(int port, ShopStripe stripe, Neighbours neighbours) {
        return new Shop(port, stripe, neighbours);
    }

    String url(String path) {
        return site.url(path);
    }

    /** The subscription that a buyer's session began. */
    ShopSubscription subscription(String sessionId) {
        return stripe.subscription(sessionId);
    }

    @Override
    public Site.Answer answer(Site.Request request) {
        var html = Html.of(request);
        if (request.path().equals("/")) {
            return Site.Answer.html(200, html.page(NAME, NAME, shelf(html)));
        }
        if (request.path().equals("/merci")) {
            return thanks(html, request.query().getOrDefault("session", ""));
        }
        for (Product product : Product.ALL) {
            if (request.is("POST", "/acheter/" + product.path())) {
                return Site.Answer.seeOther(
                        stripe.checkout(
                                product,
                                url("/merci?session={CHECKOUT_SESSION_ID}"),
                                url("/"),
                                html.english()));
            }
        }
        return html.notFound(NAME);
    }

    @Override
    public void close() {
        site.close();
    }

    private static String shelf(Html html) {
        var cards = new StringBuilder();
        String[] tiles = {"", " b", " c", " d"};
        for (int i = 0; i < Product.ALL.size(); i++) {
            Product product = Product.ALL.get(i);
            cards.append(
                    """
                    <article class="card">
                    <div class="tile%s" aria-hidden="true">%s</div>
                    <h2>%s</h2>
                    <p>%s</p>
                    <div class="price">%s <small>%s</small></div>
                    <form method="post" action="/acheter/%s"><button type="submit" aria-label="%s">%s</button></form>
                    </article>
                    """
                            .formatted(
                                    tiles[i % tiles.length],
                                    text(product.tile()),
                                    text(product.name()),
                                    text(html.say(product.description(), product.inEnglish())),
                                    text(product.price(locale(html))),
                                    text(terms(html, product)),
                                    product.path(),
                                    text(verb(html, product) + html.say(" : ", ": "))
                                            + text(product.name()),
                                    text(verb(html, product))));
        }
        return """
        <h1>%s</h1>
        <p class="lead">%s</p>
        <div class="shelf">%s</div>
        """
                .formatted(
                        text(
                                html.say(
                                        "Tout pour votre bien en location",
                                        "All for your let property")),
                        text(
                                html.say(
                                        "Rien n'est débité : le paiement passe par un bac à sable. Payez avec la carte 4242 4242 4242 4242.",
                                        "Nothing is charged: payment goes to a sandbox. Pay with card 4242 4242 4242 4242.")),
                        cards);
    }

    private static String terms(Html html, Product product) {
        return product.isSubscription()
                ? html.say("TTC / an", "/ year, VAT incl.")
                : html.say("TTC", "VAT included");
    }

    private static String verb(Html html, Product product) {
        return product.isSubscription()
                ? html.say("S'abonner", "Subscribe")
                : html.say("Acheter", "Buy");
    }

    private Site.Answer thanks(Html html, String sessionId) {
        Optional<Session> session = stripe.session(sessionId);
        if (session.isEmpty() || !"complete".equals(session.get().getStatus())) {
            return html.notFound(NAME);
        }
        var buyer = session.get().getCustomerDetails();
        String main =
                """
                <div class="panel done">
                <h1>%s</h1>
                <p>%s</p>
                </div>
                <div class="panel">
                <h2>%s</h2>
                <ul class="next">
                <li><a href="%s">%s</a></li>
                <li><a href="%s">%s</a></li>
                <li><a href="%s">%s</a></li>
                </ul>
                </div>
                <p><a href="/">← %s</a></p>
                """
                        .formatted(
                                text(html.say("Merci, ", "Thank you, ") + buyer.getName()),
                                text(accepted(html, session.get())),
                                text(html.say("Et maintenant, regardez", "Now look at")),
                                text(neighbours.inbox()),
                                text(
                                        html.say(
                                                "le courriel et sa facture",
                                                "the mail and its invoice")),
                                text(neighbours.partnerLog()),
                                text(
                                        html.say(
                                                "la notification signée, chez le partenaire",
                                                "the signed notification, at the partner")),
                                text(neighbours.console()),
                                text(
                                        html.say(
                                                "la commande, dans la console",
                                                "the order, in the console")),
                                text(html.say("Retour à la boutique", "Back to the shop")));
        return Site.Answer.html(200, html.page(html.say("Merci", "Thank you"), NAME, main));
    }

    private static String accepted(Html html, Session session) {
        if (session.getSubscription() != null && session.getAmountTotal() == 0) {
            return html.say(
                            "Votre essai de %d jours commence : rien n'est débité d'ici là, la première facture viendra à sa fin.",
                            "Your trial of %d days begins: nothing is charged until its end, when the first invoice comes.")
                    .formatted(Product.TRIAL_DAYS);
        }
        return html.say(
                        "Votre paiement de %s est accepté. La facture part vers %s.",
                        "Your payment of %s is accepted. The invoice is on its way to %s.")
                .formatted(amount(html, session), session.getCustomerDetails().getEmail());
    }

    private static String amount(Html html, Session session) {
        var format = java.text.NumberFormat.getCurrencyInstance(locale(html));
        format.setCurrency(
                java.util.Currency.getInstance(session.getCurrency().toUpperCase(Locale.ROOT)));
        return format.format(BigDecimal.valueOf(session.getAmountTotal(), 2));
    }

    private static Locale locale(Html html) {
        return html.english() ? Locale.UK : Locale.FRANCE;
    }
}
