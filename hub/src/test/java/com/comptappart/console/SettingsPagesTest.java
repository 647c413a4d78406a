package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.webhook.EndpointAlert;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;

class SettingsPagesTest {

    private static final HubForTests HUB = new HubForTests();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static Browser browser;

    @BeforeAll
    static void start() {
        HUB.start();
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private record Shop(PartnerId id, String page) {}

    private static Shop shop(String page) {
        String slug = "shop-" + NEXT.incrementAndGet();
        var id = HUB.bean(Partners.class).create(slug, slug, "s@example.com", null).id();
        return new Shop(id, "/console/" + slug + "/test/reglages" + page);
    }

    private static String text(String body) {
        assertThat(body).doesNotContain("_fr??");
        return HtmlUtils.htmlUnescape(body).replace('\u00a0', ' ').replace('\u202f', ' ');
    }

    private static String png(int width, int height, int rgb) throws IOException {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(width - 1, height - 1, rgb);
        var file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return Base64.getEncoder().encodeToString(file.toByteArray());
    }

    private static String save(Shop shop, Map<String, String> form) {
        return text(browser.submit(browser.open(shop.page()), shop.page(), form).body());
    }

    @Test
    void a_light_colour_is_saved_with_its_contrast_and_what_is_written_in_its_place() {
        var shop = shop("/marque");
        String saved = save(shop, Map.of("name", "Déclarons", "color", "#FFCC00"));
        assertThat(saved)
                .contains("La marque est enregistrée", "#ffcc00", "1,51 : 1", "13,88 : 1")
                .contains("Trop claire", "Sous 4,5 : 1")
                .contains("fill=\"#ffcc00\"");
        assertThat(HUB.bean(Partners.class).get(shop.id()).name()).isEqualTo("Déclarons");
        assertThat(save(shop, Map.of("name", "Déclarons", "color", "#1f4e79")))
                .contains("Se lit")
                .doesNotContain("Trop claire");
        assertThat(text(browser.open(shop.page().replace("/marque", "/journal")).body()))
                .contains("A changé la marque");
    }

    @Test
    void a_logo_is_pasted_shown_kept_and_taken_away() throws IOException {
        var shop = shop("/marque");
        String logo = png(40, 11, 0x336699);
        String broken = logo.substring(0, 20) + "\n" + logo.substring(20);
        String saved =
                save(
                        shop,
                        Map.of(
                                "name",
                                "S",
                                "color",
                                "",
                                "logo",
                                "data:image/png;base64," + broken));
        var link = Pattern.compile("href=\"([^\"]+/logo/logo_[^\"]+)\"").matcher(saved);
        assertThat(link.find()).as(saved).isTrue();
        var shown = browser.download(link.group(1));
        assertThat(shown.headers().firstValue("Content-Type")).hasValue("image/png");
        var picture = ImageIO.read(new ByteArrayInputStream(shown.body()));
        assertThat(picture.getWidth()).isEqualTo(40);
        assertThat(picture.getRGB(39, 10) & 0xffffff).isEqualTo(0x336699);
        String anothers = link.group(1).replace(shop.page(), shop("/marque").page());
        assertThat(browser.open(anothers).statusCode()).isEqualTo(404);
        assertThat(save(shop, Map.of("name", "S", "color", "#112233"))).contains("/logo/logo_");
        assertThat(save(shop, Map.of("name", "S", "sellersLogo", "on")))
                .doesNotContain("/logo/logo_");
        assertThat(browser.open(link.group(1)).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_is_said_and_nothing_of_it_is_kept() {
        var shop = shop("/marque");
        assertThat(save(shop, Map.of("name", "New", "color", "blue"))).contains("six chiffres");
        assertThat(save(shop, Map.of("name", "New", "color", "", "logo", "R0lGODlh")))
                .contains("Ce n’est pas un fichier PNG");
        assertThat(save(shop, Map.of("name", "", "color", "#112233"))).contains("de 1 à 200");
        var partner = HUB.bean(Partners.class).get(shop.id());
        assertThat(partner.name()).startsWith("shop-");
        assertThat(partner.primaryColor()).isNull();
    }

    @Test
    void what_the_seller_lacks_for_production_is_named_with_its_law_and_its_setting() {
        String page = text(browser.open(shop("/vendeur").page()).body());
        assertThat(page)
                .contains("La production reste verrouillée", "COMPTAPPART_SELLER_SIREN (9 digits)")
                .contains("Manque", "Code de commerce R123-237", "CGI ann. II art. 242 nonies A");
        try (var whole = new HubForTests().withProduction()) {
            whole.start();
            whole.bean(Partners.class).create("shop", "shop", "s@example.com", null);
            assertThat(
                            text(
                                    new Browser(whole)
                                            .signedIn()
                                            .open("/console/shop/live/reglages/vendeur")
                                            .body()))
                    .contains("Rien ne manque", "ComptAppart", "FR32123456782")
                    .doesNotContain("Manque</span>");
        }
    }

    @Test
    void every_alert_is_told_of_and_its_recipient_changed() {
        var shop = shop("/alertes");
        String page = text(browser.open(shop.page()).body());
        assertThat(page).contains("value=\"s@example.com\"", "COMPTAPPART_OPERATOR_EMAIL");
        assertThat(EndpointAlert.Kind.values()).hasSizeGreaterThan(5);
        assertThat(save(shop, Map.of("email", "nobody", "locale", "fr")))
                .contains("Une adresse e-mail");
        assertThat(save(shop, Map.of("email", "ops@example.com", "locale", "en")))
                .contains("Les alertes vont désormais à cette adresse");
        var partner = HUB.bean(Partners.class).get(shop.id());
        assertThat(partner.contactEmail()).isEqualTo("ops@example.com");
        assertThat(partner.locale()).isEqualTo("en");
    }

    @Test
    void the_data_page_says_what_is_kept_and_what_can_not_be_erased() {
        assertThat(text(browser.open(shop("/donnees").page()).body()))
                .contains("L123-22", "90 jours", "RGPD, article 17.3.b", "GET /v1/orders");
        assertThat(text(browser.open(shop("").page()).body()))
                .contains("/reglages/marque\"", "/reglages/vendeur\"", "/reglages/donnees\"");
    }

    @Test
    void the_same_pages_speak_english() {
        var english = new Browser(HUB).speaking("en").signedIn();
        for (String page : new String[] {"/marque", "/vendeur", "/alertes", "/donnees"}) {
            assertThat(english.open(shop(page).page()).body())
                    .contains("lang=\"en\"")
                    .doesNotContain("_en??");
        }
    }
}
