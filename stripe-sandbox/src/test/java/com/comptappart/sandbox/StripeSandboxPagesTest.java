package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.ProductCreateParams;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSandboxPagesTest {

    private final Merchant shop = new Merchant();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void events_and_objects_are_listed_by_kind_and_type() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_visa", 11_900);
        newProduct("<script>alert(1)</script>");

        String home = page("/");
        assertThat(home).contains("lang=\"fr\"", "charge.succeeded", "product.created", "Filtrer");
        assertThat(page("/?kind=event&type=charge.*"))
                .contains("charge.succeeded")
                .doesNotContain("product.created");
        assertThat(page("/?kind=payment_intent")).contains(paid.getId(), "succeeded", "119,00");
        assertThat(page("/?kind=product"))
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script");
        assertThat(shop.browser.get(shop.sandbox.url() + "/", "Accept-Language", "en").body())
                .contains("lang=\"en\"", "Type of event");
    }

    @Test
    void an_object_is_shown_as_json_and_what_is_not_there_says_so() throws StripeException {
        PaymentIntent paid = shop.pay("pm_card_visa", 11_900);
        assertThat(page("/objects/" + paid.getId())).contains("&quot;amount&quot;: 11900");
        var nothing = shop.browser.get(shop.sandbox.url() + "/objects/pi_none");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body()).contains("pi_none");
    }

    @Test
    void an_events_deliveries_are_shown_and_it_is_sent_again_by_a_button() throws StripeException {
        shop.webhook.answerNext(503);
        newProduct("Dossier");
        String event =
                shop.webhook
                        .awaitAtLeast(2, told -> told.type().equals("product.created"))
                        .getFirst()
                        .id();

        assertThat(page("/events/" + event))
                .contains("answered 503", shop.webhook.url(), "Envoyer à nouveau");
        var again = shop.browser.post(shop.sandbox.url() + "/events/" + event, Map.of());
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(shop.webhook.received()).hasSize(3);
        assertThat(page("/events/" + event)).contains("reçu (2xx)");
    }

    @Test
    void a_long_list_goes_on_on_the_next_page() throws StripeException {
        for (int i = 0; i < 51; i++) {
            newProduct("P-" + i + "-");
        }
        String first = page("/?kind=product");
        assertThat(first).contains("P-50-").doesNotContain("P-0-");
        String next = first.replaceAll("(?s).*href=\"([^\"]*after=[^\"]*)\".*", "$1");
        assertThat(page(next.replace("&amp;", "&"))).contains("P-0-").doesNotContain("P-50-");
    }

    @Test
    void a_name_that_was_bent_to_this_machine_gets_nothing() throws Exception {
        var address = URI.create(shop.sandbox.url());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 403");
        }
    }

    private String page(String path) {
        var answer = shop.browser.get(shop.sandbox.url() + path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private void newProduct(String name) throws StripeException {
        shop.stripe.v1().products().create(ProductCreateParams.builder().setName(name).build());
    }
}
