package com.comptappart.console;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.stripe.Catalogue;
import com.comptappart.stripe.CheckoutSession;
import com.comptappart.stripe.CheckoutSessions;
import com.comptappart.stripe.NewCheckout;
import com.comptappart.stripe.StripeUnavailable;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Test cards to copy, and a Checkout page of one of the partner's own prices to use them on. */
@Controller
@May(Act.TRY)
@RequestMapping("/console/{partner}/{environment:test}/integration/paiement-test")
class TestPaymentPages {

    /** A test number with what comes of it. */
    record Card(String id, String number, String text) {}

    /** A price to choose. */
    record Choice(String price, String product, String amount) {}

    private final Catalogue catalogue;
    private final CheckoutSessions sessions;
    private final String publicUrl;

    TestPaymentPages(
            Catalogue catalogue,
            CheckoutSessions sessions,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.catalogue = catalogue;
        this.sessions = sessions;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /**
     * @param paye is there where the buyer comes back from Stripe
     */
    @GetMapping
    ModelAndView show(Place place, Words words, @RequestParam(defaultValue = "") String paye) {
        return page(place, words, "", HttpStatus.OK).addObject("paid", !paye.isEmpty());
    }

    @PostMapping
    ModelAndView open(
            Place place, Words words, @RequestParam(defaultValue = "") String price, Acts acts) {
        var partner = PartnerEndpoints.partner(place);
        if (price.isBlank()) {
            return page(place, words, words.text("test-payment.choose"), HttpStatus.BAD_REQUEST);
        }
        try {
            String back = publicUrl + place.path("/integration/paiement-test");
            var wanted =
                    new NewCheckout(
                            List.of(new NewCheckout.Item(price, 1)),
                            back + "?paye=oui",
                            back,
                            null,
                            null,
                            Map.of(),
                            List.of());
            CheckoutSession made =
                    acts.of("checkout.opened", price)
                            .givingBeyond(() ->
                                    sessions.create(
                                            partner,
                                            place.environment(),
                                            wanted,
                                            Ids.next("console")));
            return page(place, words, "", HttpStatus.OK).addObject("link", made.url());
        } catch (Refused refused) {
            return page(
                    place,
                    words,
                    words.textOr("test-payment." + refused.code(), refused.detail()),
                    HttpStatus.BAD_REQUEST);
        } catch (StripeUnavailable unavailable) {
            return page(place, words, silent(words, unavailable), HttpStatus.OK);
        }
    }

    private static String silent(Words words, StripeUnavailable unavailable) {
        return words.text(
                "test-payment.silent", words.reason(String.valueOf(unavailable.getMessage())));
    }

    private ModelAndView page(Place place, Words words, String problem, HttpStatus status) {
        var page = new ModelAndView("console/test-payment", status);
        page.addObject("cards", cards(words, TestCard.cards()));
        page.addObject("debits", cards(words, TestCard.debits()));
        page.addObject("action", place.path("/integration/paiement-test"));
        boolean open = catalogue.isOpen(place.environment());
        page.addObject("open", open);
        String said = problem;
        List<Choice> choices = List.of();
        if (open) {
            try {
                choices =
                        catalogue
                                .offers(PartnerEndpoints.partner(place), place.environment())
                                .stream()
                                .map(each -> choice(words, each))
                                .toList();
            } catch (StripeUnavailable unavailable) {
                said = silent(words, unavailable);
            }
        }
        page.addObject("choices", choices);
        page.addObject("problem", said);
        return page;
    }

    private static List<Card> cards(Words words, List<TestCard> cards) {
        return cards.stream()
                .map(each ->
                        new Card(
                                "card-" + each.code(),
                                each.number(),
                                words.text("test-card." + each.code())))
                .toList();
    }

    private static Choice choice(Words words, Catalogue.Offer offer) {
        var amount = offer.amount();
        String money =
                amount == null
                        ? words.text("test-payment.variable")
                        : words.money(amount.minor(), amount.currency());
        return new Choice(
                offer.price(),
                offer.product(),
                offer.interval().isEmpty()
                        ? money
                        : money + " " + words.ofCode("test-payment.per.", offer.interval()));
    }
}
