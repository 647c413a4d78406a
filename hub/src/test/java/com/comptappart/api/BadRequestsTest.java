package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestsTest {

    private static HubForTests hub;

    @BeforeAll
    static void start() {
        hub = new HubForTests().start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {                                                                  | body_not_json
                    {"name": "A", "name": "B"}                                         | field_twice
                    {'name': 'A'}                                                      | body_not_json
                    {"name": NaN}                                                      | body_not_json
                    null                                                               | body_missing
                    []                                                                 | body_not_object
                    "text"                                                             | body_not_object
                    7                                                                  | body_not_object
                    {} {}                                                              | body_not_object
                    {}                                                                 | field_missing
                    {"name": null, "slug": "ab", "contact_email": "a@b.example"}       | field_missing
                    {"name": "A", "nom": "B"}                                          | field_unknown
                    {"name": 7}                                                        | field_invalid
                    {"name": 1e999999}                                                 | field_invalid
                    {"name": ["A"]}                                                    | field_invalid
                    {"name": {"a": "b"}}                                               | field_invalid
                    {"name": "nul \\u0000"}                                            | field_invalid
                    {"name": "half \\ud800"}                                           | field_invalid
                    {"name": " ", "slug": "ab", "contact_email": "a@b.example"}        | name_invalid
                    {"name": "A", "slug": "A B", "contact_email": "a@b.example"}       | slug_invalid
                    {"name": "A", "slug": "ab", "contact_email": "a b"}                | contact_email_invalid
                    {"name": "A", "slug": "ab", "contact_email": "a@b\\r\\nBcc: c"}    | contact_email_invalid
                    {"name": "A", "slug": "ab", "contact_email": "a@b", "locale": "x"} | locale_invalid
                    """)
    void a_bad_body_is_400_and_says_why(String body, String code) {
        assertThat(problem(hub.post("/v1/partners", body), 400)).isEqualTo(code);
    }

    @Test
    void what_is_missing_or_unknown_is_named() {
        assertThat(
                        json(hub.post("/v1/partners", "{\"slug\": \"ab\"}"), 400)
                                .path("detail")
                                .asString())
                .contains("name", "contact_email")
                .doesNotContain("slug");
        assertThat(
                        json(hub.post("/v1/partners", "{\"nom\": \"B\"}"), 400)
                                .path("detail")
                                .asString())
                .contains("'nom'", "contact_email");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/partners?limit=abc                              | limit_out_of_range
                    /v1/partners?limit=0                                | limit_out_of_range
                    /v1/partners?limit=101                              | limit_out_of_range
                    /v1/partners?limit=-1                               | limit_out_of_range
                    /v1/partners?limit=1.5                              | limit_out_of_range
                    /v1/partners?limit=99999999999999999999             | limit_out_of_range
                    /v1/partners?limit=                                 | limit_out_of_range
                    /v1/partners?limit=%D9%A1                           | limit_out_of_range
                    /v1/partners?limit=1&limit=2                        | parameter_repeated
                    /v1/partners?after=nobody                           | cursor_invalid
                    /v1/partners?after=%00                              | parameter_invalid
                    /v1/partners?page=2                                 | parameter_unknown
                    /v1/orders?emial=a@b.example                        | parameter_unknown
                    /v1/orders?email=%00                                | parameter_invalid
                    /v1/orders?invoice_number=%00                       | parameter_invalid
                    /v1/orders?event_id=evt%00                          | parameter_invalid
                    /v1/orders?after=-1                                 | cursor_invalid
                    /v1/orders?after=99999999999999999999               | cursor_invalid
                    /v1/orders?after=%27%3B%20drop%20table%20partner    | cursor_invalid
                    /v1/orders?created_after=yesterday                  | time_invalid
                    /v1/orders?created_before=2026-11-23                | time_invalid
                    /v1/orders?created_after=%2B999999999-01-01T00:00:00Z | time_invalid
                    /v1/orders?created_after=-0044-03-15T00:00:00Z      | time_invalid
                    /v1/orders?environment=prod                         | environment_unknown
                    /v1/orders?partner=nobody                           | partner_unknown
                    /v1/invoices?order_id=abc                           | order_id_invalid
                    /v1/invoices?after=staging                          | cursor_invalid
                    /v1/notifications?status=lost                       | status_unknown
                    /v1/notifications?order_id=1e3                      | order_id_invalid
                    """)
    void a_bad_query_is_400_and_says_why(String path, String code) {
        assertThat(problem(hub.get(path), 400)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/orders/abc, order_not_found",
        "/v1/orders/0, order_not_found",
        "/v1/orders/-1, order_not_found",
        "/v1/orders/99999999999999999999, order_not_found",
        "/v1/orders/1%27, order_not_found",
        "/v1/partners/%F0%9F%98%80, partner_not_found",
        "/v1/invoices/FQCA-2026-999999, invoice_not_found",
        "/v1/invoices/FQCA-2026-999999/pdf, invoice_not_found",
        "/v1/nothing, path_unknown",
        "/v1/partners/, path_unknown",
        "/v1, path_unknown",
    })
    void what_is_not_there_is_404(String path, String code) {
        assertThat(problem(hub.get(path), 404)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/orders/%00",
                "/v1/orders/%FF%FE",
                "/v1/orders/1%2F2",
                "/v1/orders/1;x=2",
                "/v1/orders//1",
                "/v1/orders/..%2F..%2Fetc",
                "/v1/orders/%2e%2e/partners",
                "/v1/orders/%0d%0aX:1",
                "/v1/invoices/%00/pdf",
                "/v1/partners?limit=%FF",
                "/v1/partners?%00=1",
                "/v1/partners?a%5B%5D=1",
            })
    void junk_in_the_address_is_never_our_fault(String path) {
        assertThat(hub.get(path).statusCode()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/orders/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/partners?limit=%zz HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nConnection: close\r\n\r\n",
                "GET /v1/partners?limit=% HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nConnection: close\r\n\r\n",
                "GET /v1/orders/\u00e9|{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "WHAT /v1/orders HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nConnection: close\r\n\r\n",
                "GET /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \u0001\r\nConnection: close\r\n\r\n",
                "GET /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \u00e9\u00ff\r\nConnection: close\r\n\r\n",
                "POST /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: nonsense\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                "POST /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nContent-Length: -5\r\nConnection: close\r\n\r\n{}",
                "POST /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
                "POST /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nIdempotency-Key: a\u0001b\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                "POST /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                "POST /v1/partners HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\nConnection: close\r\n\r\na=%zz",
            })
    void a_malformed_request_is_never_our_fault(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", hub.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            request.replace("KEY", HubForTests.OPERATOR_KEY)
                                    .getBytes(StandardCharsets.ISO_8859_1));
            var answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void a_wrong_method_is_405_and_names_the_right_ones() {
        var answer = hub.delete("/v1/orders");
        assertThat(problem(answer, 405)).isEqualTo("method_not_allowed");
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x"})
    void a_body_that_is_not_json_is_415(String mediaType) {
        var answer =
                HubForTests.send(
                        request("/v1/partners")
                                .header("Content-Type", mediaType)
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(problem(answer, 415)).isEqualTo("media_type_unsupported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "application/xml",
                "application/yaml",
                "application/json;q=0",
                "x"
            })
    void what_the_caller_would_not_take_is_not_done(String accept) {
        String slug = "unacceptable";
        var answer =
                HubForTests.send(
                        request("/v1/partners")
                                .header("Content-Type", "application/json")
                                .header("Accept", accept)
                                .POST(
                                        BodyPublishers.ofString(
                                                """
                                                {"name": "A", "slug": "%s", "contact_email": "a@b.example"}
                                                """
                                                        .formatted(slug))));
        assertThat(problem(answer, 406)).isEqualTo("not_acceptable");
        assertThat(problem(hub.get("/v1/partners/" + slug), 404)).isEqualTo("partner_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*;q=0.1",
                "text/html, */*",
                "application/json;charset=latin1"
            })
    void json_is_answered_to_whoever_takes_it(String accept) {
        var answer = HubForTests.send(request("/v1/partners").header("Accept", accept));
        json(answer, 200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void a_body_that_is_not_utf_8_is_400() {
        byte[] body = "{\"name\": \"_\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[10] = (byte) 0xe9;
        var answer =
                HubForTests.send(
                        request("/v1/partners")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body)));
        assertThat(problem(answer, 400)).isEqualTo("body_not_json");
    }

    @Test
    void a_body_that_nests_without_end_is_400() {
        assertThat(hub.post("/v1/partners", "{\"name\":" + "[".repeat(50_000)).statusCode())
                .isEqualTo(400);
        assertThat(hub.post("/v1/partners", "{\"x\":" + "[".repeat(50_000)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_body_over_1_mib_is_413() {
        String large = "{\"name\": \"" + "a".repeat(1 << 20) + "\"}";
        assertThat(problem(hub.post("/v1/partners", large), 413)).isEqualTo("body_too_large");
        var chunked =
                HubForTests.send(
                        request("/v1/partners")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofString(large))));
        assertThat(problem(chunked, 413)).isEqualTo("body_too_large");
    }

    @Test
    void no_key_and_unknown_keys_are_401_with_the_scheme() {
        var none = HubForTests.send(HttpRequest.newBuilder(URI.create(hub.url("/v1/orders"))));
        assertThat(problem(none, 401)).isEqualTo("api_key_missing");
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        for (String key : new String[] {"ca_staging_unknown", "", "x".repeat(2000), "é", "a b"}) {
            HttpResponse<String> answer = hub.as(key).get("/v1/orders");
            assertThat(problem(answer, 401)).isEqualTo("api_key_unknown");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        var basic =
                HubForTests.send(
                        HttpRequest.newBuilder(URI.create(hub.url("/v1/orders")))
                                .header("Authorization", "Basic " + HubForTests.OPERATOR_KEY));
        assertThat(problem(basic, 401)).isEqualTo("api_key_unknown");
        assertThat(none.headers().map()).doesNotContainKey("set-cookie");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub.url(path)))
                .header("Authorization", "Bearer " + HubForTests.OPERATOR_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/notifications/msg_%00", "/v1/orders/..%2f", "/v1/%zz", "/v1/\\"})
    void an_address_that_the_server_refuses_by_itself_is_answered_with_a_problem_too(String path)
            throws IOException {
        try (var socket = new Socket("127.0.0.1", hub.port())) {
            socket.getOutputStream()
                    .write(
                            ("GET " + path + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"request_malformed\"")
                    .doesNotContain("<html", "Tomcat");
        }
    }

    @Test
    void a_cursor_that_the_feed_has_not_come_to_is_refused_and_one_at_its_end_waits() {
        assertThat(problem(hub.get("/v1/events?after=999999"), 400)).isEqualTo("cursor_ahead");
        assertThat(json(hub.get("/v1/events?after=0"), 200).path("data").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://a.example/a b      | no space
                    https://a.example/%zz      | from character 18
                    https://é.example/         | only ASCII
                    a.example                  | an absolute https:// URL
                    """)
    void a_url_that_can_not_be_called_is_refused_for_what_is_wrong_with_it(
            String url, String words) {
        var partner =
                json(
                        hub.post(
                                "/v1/partners",
                                "{\"name\": \"A\", \"slug\": \"u"
                                        + Integer.toHexString(url.hashCode())
                                        + "\", \"contact_email\": \"a@b.example\"}"),
                        201);
        var answer =
                hub.post(
                        "/v1/webhook-endpoints",
                        "{\"partner\": \""
                                + partner.path("id").asString()
                                + "\", \"environment\": \"staging\", \"url\": \""
                                + url
                                + "\"}");
        assertThat(problem(answer, 400)).isEqualTo("url_invalid");
        assertThat(json(answer, 400).path("detail").asString()).contains(words);
    }
}
