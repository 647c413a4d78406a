package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

class TestPaymentPagesTest {

    private static final String PAGE = "/console/shop/test/integration/paiement-test";
    private static final StripeStub STRIPE = StripeStub.start();
    private static final HubForTests HUB = new HubForTests().asking(STRIPE);
    private static Browser browser;

    @BeforeAll
    static void start() {
        STRIPE.product("prod_own", Map.of("partner", "shop"), "Formule complète")
                .product("prod_any", Map.of(), "Conseil")
                .product("prod_other", Map.of("partner", "other"), "Chez un autre");
        price("price_own", "prod_own", 9_999, "");
        price("price_any", "prod_any", 500, "month");
        price("price_other", "prod_other", 700, "");
        HUB.start();
        HUB.bean(Partners.class).create("shop", "shop", "s@example.com", null);
        HUB.bean(Partners.class).create("other", "other", "o@example.com", null);
        browser = new Browser(HUB).signedIn();
    }

    private static void price(String id, String product, long amount, String interval) {
        STRIPE.price(id, product, amount, interval.isEmpty() ? null : interval);
        String recurring =
                interval.isEmpty() ? "" : ",\"recurring\":{\"interval\":\"" + interval + "\"}";
        STRIPE.lists()
                .add(
                        "",
                        "/v1/prices",
                        JsonMapper.builder()
                                .build()
                                .readTree(
                                        "{\"id\":\"%s\",\"active\":true,\"currency\":\"eur\",\"unit_amount\":%d,\"product\":\"%s\"%s}"
                                                .formatted(id, amount, product, recurring)));
    }

    @AfterAll
    static void stop() {
        HUB.close();
        STRIPE.close();
    }

    private static String text(String body) {
        assertThat(body).doesNotContain("_fr??");
        return HtmlUtils.htmlUnescape(body).replace('\u00a0', ' ').replace('\u202f', ' ');
    }

    @Test
    void stripes_test_numbers_are_there_to_copy() {
        assertThat(text(browser.open(PAGE).body()))
                .contains("4242 4242 4242 4242", "4000 0000 0000 9995", "4000 0027 6000 3184")
                .contains("FR1420041010050500013M02606", "Refusée : provision insuffisante.")
                .contains("data-copy=\"card-pays\"");
    }

    @Test
    void a_partner_picks_one_of_its_own_prices_and_gets_a_checkout_page() {
        var page = browser.open(PAGE);
        assertThat(text(page.body()))
                .contains("Formule complète", "99,99 €", "Conseil", "5,00 € par mois")
                .doesNotContain("Chez un autre");
        var made = browser.submit(page, PAGE, Map.of("price", "price_own"));
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body()).contains("href=\"" + STRIPE.url() + "/c/pay/cs_made_");
        assertThat(browser.open("/console/shop/test/reglages/journal?quoi=checkout").body())
                .contains("Page de paiement de test créée", "price_own");
    }

    @Test
    void anothers_price_and_none_at_all_are_refused() {
        var page = browser.open(PAGE);
        var anothers = browser.submit(page, PAGE, Map.of("price", "price_other"));
        assertThat(anothers.statusCode()).isEqualTo(400);
        assertThat(text(anothers.body())).contains("son produit nomme un autre partenaire");
        assertThat(browser.submit(page, PAGE, Map.of()).statusCode()).isEqualTo(400);
    }

    @Test
    void a_stripe_that_fails_is_named_and_the_cards_stay() {
        STRIPE.answering(503);
        try {
            assertThat(text(browser.open(PAGE).body()))
                    .contains("Stripe ne répond pas comme il faut", "4242 4242 4242 4242");
        } finally {
            STRIPE.answeringAgain();
        }
    }

    @Test
    void without_stripes_test_key_the_page_says_which_setting_is_missing() {
        try (var keyless = new HubForTests()) {
            keyless.start();
            keyless.bean(Partners.class).create("shop", "shop", "s@example.com", null);
            var page = new Browser(keyless).signedIn().open(PAGE);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(text(page.body()))
                    .contains("COMPTAPPART_STRIPE_STAGING_APIKEY", "4242 4242 4242 4242")
                    .doesNotContain("type=\"radio\"");
        }
    }
}
