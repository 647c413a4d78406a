package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HttpsCookiesTest {

    /** Cookies are sent by hand: a client rightly keeps secure ones from this test's plain HTTP. */
    @Test
    void scripts_and_plain_http_and_other_sites_do_not_get_the_cookies() {
        try (var hub =
                new HubForTests().with("comptappart.public-url", "https://hub.test").start()) {
            var page = HubForTests.send(HttpRequest.newBuilder(at(hub)).GET());
            String form = cookie(page, "comptappart_form");
            assertThat(form).contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/console");

            String token =
                    page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
            var signedIn =
                    HubForTests.send(
                            HttpRequest.newBuilder(at(hub))
                                    .header("Cookie", form.substring(0, form.indexOf(';')))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "key="
                                                            + HubForTests.OPERATOR_KEY
                                                            + "&_csrf="
                                                            + token)));
            assertThat(signedIn.statusCode()).isEqualTo(302);
            assertThat(cookie(signedIn, ConsoleDoor.SESSION_COOKIE))
                    .contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/console");
        }
    }

    private static URI at(HubForTests hub) {
        return URI.create(hub.url("/console/sign-in"));
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "=") && !cookie.contains("Max-Age=0"))
                .findFirst()
                .orElse("");
    }
}
