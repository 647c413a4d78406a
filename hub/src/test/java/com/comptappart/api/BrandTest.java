package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A partner's logo and colour, from the API to its documents. */
class BrandTest {

    private static HubForTests hub;
    private static PartnerReceiver receiver;
    private static SalesForTests seller;

    @BeforeAll
    static void start() throws IOException {
        hub = new HubForTests().start();
        receiver = new PartnerReceiver();
        seller = SalesForTests.of(hub, "branded", receiver);
    }

    @AfterAll
    static void stop() {
        hub.close();
        receiver.close();
    }

    private static String png(int width, int height) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = picture.createGraphics();
        graphics.setColor(new Color(0xff6600));
        graphics.fillOval(0, 0, width, height);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static String brand(String color, String logo) {
        return "{\"brand\": {\"primary_color\": \"%s\", \"logo\": \"%s\"}}".formatted(color, logo);
    }

    private String document(String session) {
        var order = seller.sale(session);
        String number = order.path("invoice").path("number").asString();
        return seller.staging().get("/v1/invoices/" + number + "/pdf").body();
    }

    @Test
    void documents_have_the_look_of_the_day_of_their_order() {
        assertThat(document("plain")).startsWith("%PDF-").doesNotContain("/Subtype/Image");
        var branded =
                json(hub.patch("/v1/partners/" + seller.id(), brand("#FF6600", png(40, 10))), 200);
        assertThat(branded.path("brand").path("primary_color").asString()).isEqualTo("#ff6600");
        assertThat(branded.path("brand").path("logo_id").asString()).startsWith("logo_");
        assertThat(document("first"))
                .contains("/Subtype/Image/Width 40/Height 10", "\n1 0.4 0 rg\n");

        json(hub.patch("/v1/partners/" + seller.id(), brand("", "")), 200);
        assertThat(document("again")).doesNotContain("/Subtype/Image");
    }

    @Test
    void a_partner_can_be_added_with_its_look() {
        String body =
                """
                {"name": "Peint", "slug": "peint", "contact_email": "a@peint.example",
                 "brand": {"primary_color": "#00aa00"}}
                """;
        var added = json(hub.post("/v1/partners", body), 201);
        assertThat(added.path("brand").path("primary_color").asString()).isEqualTo("#00aa00");
        assertThat(added.path("brand").path("logo_id").isNull()).isTrue();
    }

    @Test
    void a_bad_look_is_refused_in_plain_words_and_changes_nothing() {
        var before = json(hub.get("/v1/partners/" + seller.id()), 200);
        byte[] whole = Base64.getDecoder().decode(png(40, 10));
        var damaged = Base64.getEncoder().encodeToString(Arrays.copyOf(whole, whole.length / 2));
        String gif =
                Base64.getEncoder()
                        .encodeToString(
                                "GIF89a and more"
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        for (String logo : List.of("%%%", gif, damaged, png(5000, 2), "A".repeat(800_000))) {
            var refused = hub.patch("/v1/partners/" + seller.id(), brand("#123456", logo));
            assertThat(problem(refused, 400)).isEqualTo("logo_invalid");
            assertThat(refused.body()).contains("logo: ");
        }
        var color = hub.patch("/v1/partners/" + seller.id(), brand("orange", ""));
        assertThat(problem(color, 400)).isEqualTo("primary_color_invalid");
        assertThat(json(hub.get("/v1/partners/" + seller.id()), 200)).isEqualTo(before);
    }
}
