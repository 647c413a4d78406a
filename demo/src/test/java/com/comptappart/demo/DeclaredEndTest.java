package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A buyer ends a subscription of the sandbox on the hub's page, without an account. */
class DeclaredEndTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("(/resilier/revenir/[^\\s]+)");

    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    @Test
    void it_ends_with_its_period_goes_on_where_that_is_taken_back_and_is_not_renewed_where_not()
            throws IOException, InterruptedException {
        try (var hub = new SandboxedHub()) {
            var shop = hub.shop("loyers");
            hub.start(hub.stripe().url(), shop.endpoint(hub.webhookUrl(), ""), "0");
            hub.sellFor("loyers", "");
            String subscription = shop.subscribe().path("subscription").asString();
            assertThat(SandboxedHub.eventually(() -> count(hub, "invoice"), found -> found == 1))
                    .isEqualTo(1);
            String email =
                    hub.jdbc().sql("select email from paid_order").query(String.class).single();

            declare(hub, email, subscription);
            String mail = SandboxedHub.eventually(() -> told(hub), found -> !found.isEmpty());
            assertThat(ends(shop, subscription)).isTrue();

            var link = LINK.matcher(mail);
            assertThat(link.find()).isTrue();
            submit(hub, open(hub, link.group(1)), link.group(1), "");
            assertThat(SandboxedHub.eventually(() -> ends(shop, subscription), ends -> !ends))
                    .isFalse();

            declare(hub, email, subscription);
            assertThat(SandboxedHub.eventually(() -> ends(shop, subscription), ends -> ends))
                    .isTrue();
            hub.ahead(Duration.ofDays(8));
            SandboxedHub.eventually(
                    () -> status(shop, subscription), status -> status.equals("canceled"));
            assertThat(SandboxedHub.eventually(hub::owed, owed -> owed == 0)).isZero();
            assertThat(status(shop, subscription)).isEqualTo("canceled");
            assertThat(count(hub, "invoice")).isEqualTo(1);
            assertThat(hub.broken()).isEmpty();
        }
    }

    private void declare(SandboxedHub hub, String email, String subscription)
            throws IOException, InterruptedException {
        String fields =
                "&nom=Marie+Martin&email="
                        + HubApi.encode(email)
                        + "&contrat="
                        + HubApi.encode(subscription);
        String check = submit(hub, open(hub, "/resilier"), "/resilier", fields);
        assertThat(check).contains("Envoyer la notification de la résiliation");
        assertThat(submit(hub, check, "/resilier/notifier", fields))
                .contains("Votre résiliation est reçue");
    }

    private String open(SandboxedHub hub, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(hub.url(path))).GET());
    }

    private String submit(SandboxedHub hub, String page, String to, String fields)
            throws IOException, InterruptedException {
        var token = TOKEN.matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return send(
                HttpRequest.newBuilder(URI.create(hub.url(to)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "_csrf=" + HubApi.encode(token.group(1)) + fields)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(
                        request.header("Accept", "text/html")
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String told(SandboxedHub hub) {
        return hub
                .jdbc()
                .sql("select text_body from mail where subject like 'Votre contrat prend fin%'")
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .orElse("");
    }

    private static long count(SandboxedHub hub, String table) {
        return hub.jdbc().sql("select count(*) from " + table).query(Long.class).single();
    }

    private static boolean ends(SandboxShop shop, String subscription) {
        return shop.ask("subscriptions/" + subscription, "")
                .path("cancel_at_period_end")
                .asBoolean();
    }

    private static String status(SandboxShop shop, String subscription) {
        return shop.ask("subscriptions/" + subscription, "").path("status").asString();
    }
}
