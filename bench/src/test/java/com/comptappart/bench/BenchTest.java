package com.comptappart.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Shop SHOP = new Shop(20, 1_795_000_000);

    private final Sightings sightings = new Sightings(100);

    @Test
    void the_lines_of_every_session_add_up_to_what_its_event_charged() {
        for (int n = 0; n < 60; n++) {
            JsonNode event = JSON.readTree(SHOP.event(n));
            JsonNode session = JSON.readTree(SHOP.session(n));
            long sum = 0;
            for (JsonNode item : session.path("line_items").path("data")) {
                sum += item.path("amount_total").longValue();
                var product = item.path("price").path("product");
                assertThat(product.path("metadata").path("partner").asString())
                        .isEqualTo(Shop.slug(n % 20));
                assertThat(JSON.readTree(SHOP.product(product.path("id").asString())))
                        .isEqualTo(product);
            }
            assertThat(event.at("/data/object/amount_total").longValue()).isEqualTo(sum);
            assertThat(session.path("payment_intent").path("amount").longValue()).isEqualTo(sum);
            assertThat(event.at("/data/object/customer_details/email").asString())
                    .isEqualTo(Shop.email(n));
            assertThat(Shop.numberIn(event.path("id").asString())).isEqualTo(n);
        }
    }

    @Test
    void an_event_is_as_big_as_stripes() {
        assertThat(SHOP.event(7).length).isBetween(4_500, 6_000);
    }

    @Test
    void stripe_answers_what_it_knows_and_404_to_the_rest() throws Exception {
        try (var doors = new Doors();
                var http = HttpClient.newHttpClient()) {
            int port = doors.open(() -> new StubStripe(SHOP, sightings));
            doors.start();
            assertThat(get(http, port, "/v1/checkout/sessions/cs_live_bench000000007/line_items"))
                    .isEqualTo(SHOP.lineItems(7));
            assertThat(
                            get(
                                    http,
                                    port,
                                    "/v1/payment_intents/pi_bench000000007?expand[]=latest_charge"
                                            .replace("[]", "%5B%5D")))
                    .isEqualTo(SHOP.intent(7));
            assertThat(get(http, port, "/v1/products/prod_else")).contains("resource_missing");
        }
    }

    @Test
    void a_healthy_partner_notes_a_call_once_and_a_hanging_one_never_answers() throws Exception {
        var arrivals = new Arrivals();
        try (var doors = new Doors();
                var http = HttpClient.newHttpClient()) {
            int healthy = doors.open(arrivals::healthy);
            int hanging = doors.open(Arrivals::hanging);
            doors.start();
            for (int i = 0; i < 2; i++) {
                assertThat(
                                http.send(
                                                notification(healthy),
                                                HttpResponse.BodyHandlers.discarding())
                                        .statusCode())
                        .isEqualTo(200);
            }
            assertThat(arrivals.count()).isEqualTo(1);
            assertThat(arrivals.repeated()).isEqualTo(1);
            assertThat(arrivals.at("msg_bench1")).isNotNull();
            assertThatThrownBy(() ->
                            http.send(
                                    notification(hanging), HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    private static HttpRequest notification(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hook"))
                .timeout(Duration.ofSeconds(1))
                .header("webhook-id", "msg_bench1")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
    }

    @Test
    void the_delivery_run_refuses_what_it_does_not_know() {
        assertThat(DeliveryOptions.of("--delivery", "--endpoints=7").endpoints()).isEqualTo(7);
        for (String wrong : new String[] {"--orders=5", "--endpoints=x", "--rate=0"}) {
            assertThatThrownBy(() -> DeliveryOptions.of("--delivery", wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_kill_run_posts_while_it_kills_and_refuses_what_it_does_not_know() {
        assertThat(KillOptions.of("--kill").kills()).isEqualTo(200);
        assertThat(KillOptions.of("--kill").load().orders()).isEqualTo(10_000);
        assertThat(KillOptions.of("--kill", "--nodes=3").nodes()).isEqualTo(3);
        assertThat(KillOptions.of("--kill", "--kills=5", "--orders=7").load().orders())
                .isEqualTo(7);
        for (String wrong : new String[] {"--kills", "--kills=0", "--nodes=two", "--warm=5"}) {
            assertThatThrownBy(() -> KillOptions.of("--kill", wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void every_victim_is_struck_and_a_single_node_is_never_frozen() {
        var random = new Random(7);
        assertThat(IntStream.range(0, 500).mapToObj(i -> Victim.any(random, true)))
                .contains(Victim.values());
        assertThat(IntStream.range(0, 500).mapToObj(i -> Victim.any(random, false)))
                .doesNotContain(Victim.FROZEN_NODE)
                .contains(Victim.DATABASE, Victim.NODE, Victim.ALL);
    }

    @Test
    void a_partner_that_refuses_now_and_then_has_the_notification_only_when_it_accepts()
            throws Exception {
        try (var doors = new Doors()) {
            int port =
                    doors.open(() ->
                            new PartnerReceiver(new PartnerReceiver.Secrets(), sightings, 50, 2));
            doors.start();
            byte[] body =
                    "{\"event_type\":\"order.created\",\"event_id\":\"evt_bench000000043\"}"
                            .getBytes(StandardCharsets.UTF_8);
            try (var line = new HttpLine(port)) {
                assertThat(notify(line, body, "x")).isEqualTo(200);
                assertThat(notify(line, body, "x")).isEqualTo(503);
                assertThat(sightings.refusals()).isEqualTo(1);
                assertThat(sightings.notifications()).isEqualTo(1);
            }
        }
    }

    @Test
    void the_receiver_tells_a_right_signature_from_a_wrong_one_and_one_body_from_another()
            throws Exception {
        var secrets = new PartnerReceiver.Secrets();
        byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        secrets.put("/partners/a", "whsec_" + Base64.getEncoder().encodeToString(key));
        try (var doors = new Doors()) {
            int port = doors.open(() -> new PartnerReceiver(secrets, sightings));
            doors.start();
            byte[] body =
                    "{\"event_type\":\"order.created\",\"event_id\":\"evt_bench000000042\"}"
                            .getBytes(StandardCharsets.UTF_8);
            String right = Base64.getEncoder().encodeToString(new Hmac(key).of("msg_1.5.", body));
            try (var line = new HttpLine(port)) {
                for (int i = 1; i < 50; i++) {
                    assertThat(notify(line, body, "x")).isEqualTo(200);
                }
                assertThat(notify(line, body, right)).isEqualTo(200);
                assertThat(sightings.signatures()).isEqualTo(1);
                assertThat(sightings.faults().none()).isTrue();
                byte[] other =
                        new String(body, StandardCharsets.UTF_8)
                                .replace('}', ' ')
                                .getBytes(StandardCharsets.UTF_8);
                notify(line, other, right);
            }
            assertThat(sightings.faults().notificationsWithAnotherBody()).isEqualTo(1);
            assertThat(sightings.notifiedOrders()).isEqualTo(1);
        }
    }

    @Test
    void a_mail_is_accepted_whole_and_noted_by_its_buyer_and_message_id() throws Exception {
        try (var doors = new Doors()) {
            int port = doors.open(() -> new SmtpSink(sightings));
            doors.start();
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII));
                var out = socket.getOutputStream();
                assertThat(in.readLine()).startsWith("220");
                for (String command :
                        List.of(
                                "HELO x\r\n",
                                "MAIL FROM:<a@example.com> BODY=8BITMIME\r\n",
                                "RCPT TO:<" + Shop.email(42) + ">\r\n")) {
                    out.write(command.getBytes(StandardCharsets.US_ASCII));
                    assertThat(in.readLine()).startsWith("250");
                }
                out.write("DATA\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).startsWith("354");
                out.write(
                        "Date: x\r\nMessage-ID: <m1@example.com>\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                out.write("0123456789\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
                out.write("\r\n.\r".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                out.write("\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).startsWith("250");
                out.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).startsWith("221");
                assertThat(in.readLine()).isNull();
            }
            assertThat(sightings.mailedOrders()).isEqualTo(1);
            assertThat(sightings.mailBytes()).isGreaterThan(240_000);
            assertThat(sightings.faults().none()).isTrue();
        }
    }

    @Test
    void a_hole_or_a_repeat_in_the_numbers_is_seen() {
        assertThat(Outcome.gap(List.of("B-2026-000002", "B-2026-000001", "B-2026-000003")))
                .isEmpty();
        assertThat(Outcome.gap(List.of("B-2026-000001", "B-2026-000003"))).isNotEmpty();
        assertThat(Outcome.gap(List.of("B-2026-000001", "B-2026-000001"))).isNotEmpty();
        assertThat(Outcome.gap(List.of("B-2026-000002"))).isNotEmpty();
    }

    @Test
    void an_option_that_is_not_there_is_refused() {
        assertThat(Options.of("--orders=5", "--profile").profile()).isTrue();
        assertThatThrownBy(() -> Options.of("--order=5"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Options.of("--orders=many"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int notify(HttpLine line, byte[] body, String signature) throws Exception {
        return line.post(
                "/partners/a",
                "webhook-id: msg_1\r\nwebhook-timestamp: 5\r\nWebhook-Signature: v1,old v1,"
                        + signature
                        + "\r\n",
                body);
    }

    private static String get(HttpClient http, int port, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
