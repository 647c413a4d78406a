package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static final AddressResolver SYSTEM = new SystemResolver();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "127.255.255.254",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0x7f.1",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "0177.1",
                "00127.0.0.1",
                "0",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.1",
                "012.0.0.1",
                "167772161",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.254",
                "169.254.169.254",
                "169.254.170.2",
                "2852039166",
                "0xa9fea9fe",
                "0251.0376.0251.0376",
                "169.254.43518",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.257",
                "192.168.255.255",
                "3232235521",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "[::]",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::2]",
                "[::127.0.0.1]",
                "[::7f00:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:10.0.0.1]",
                "[0:0:0:0:0:ffff:c0a8:1]",
                "[::ffff:169.254.169.254]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::10.0.0.1]",
                "[64:ff9b::8.8.8.8]",
                "[64:ff9b:1::1]",
                "[100::1]",
                "[2001::1]",
                "[2001:0:53aa:64c:0:7db:f5ff:fffe]",
                "[2001:2::1]",
                "[2001:10::1]",
                "[2001:20::1]",
                "[2001:db8::1]",
                "[2002:7f00:1::]",
                "[2002:a00:1::1]",
                "[3fff::1]",
                "[4000::1]",
                "[5f00::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fd12:3456:789a::1]",
                "[fe80::1]",
                "[fe80::a9fe:a9fe]",
                "[febf::1]",
                "[fec0::1]",
                "[ff02::1]",
                "[ff0e::1]",
                "localhost",
                "LOCALHOST",
            })
    void an_address_that_is_not_public_is_refused_however_it_is_written(String host) {
        var fields = fields(SYSTEM);
        assertThat(refusal(fields, "https://" + host + "/hook")).isEqualTo("url_address_refused");
        assertThat(refusal(fields, "https://" + host + ":8443/hook"))
                .isEqualTo("url_address_refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hook",
                "/hook",
                "//partner.example/hook",
                "ftp://partner.example/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https:partner.example",
                "https://",
                "https:///hook",
                "https://user@partner.example/",
                "https://user:word@partner.example/",
                "https://1.1.1.1@127.0.0.1/",
                "https://1.1.1.1&@127.0.0.1/",
                "https://partner.example\\@127.0.0.1/",
                "https://partner.example/#@127.0.0.1/",
                "https://partner.example:0/",
                "https://partner.example:65536/",
                "https://partner.example:-1/",
                "https://partner.example//evil.example/",
                "https://partner.example/a b",
                "https://partner.example/\r\nX-Evil: 1",
                "https://exämple.fr/",
                "https://127。0。0。1/",
                "https://①②⑦.⓪.⓪.①/",
            })
    void what_is_no_plain_absolute_url_is_refused(String url) {
        assertThat(refusal(fields(always("8.8.8.8")), url)).startsWith("url_");
    }

    @Test
    void a_url_over_2048_characters_is_refused() {
        var fields = fields(always("8.8.8.8"));
        String url = "https://partner.example/" + "x".repeat(2048 - 24);
        assertThat(fields.url(url)).isEqualTo(url);
        assertThat(refusal(fields, url + "x")).isEqualTo("url_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.32.0.1",
                "100.128.0.1",
                "2a00:1450:4007::200e",
                "2001:4860:4860::8888"
            })
    void a_public_address_is_admitted(String address) {
        assertThat(fields(always(address)).url("https://partner.example/hook"))
                .isEqualTo("https://partner.example/hook");
    }

    @ParameterizedTest
    @ValueSource(ints = {443, 8443, 1024, 3000, 65535})
    void usual_and_high_ports_are_admitted(int port) {
        String url = "https://partner.example:" + port + "/";
        assertThat(fields(always("8.8.8.8")).url(url)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 22, 25, 80, 444, 993, 1023})
    void ports_of_other_services_are_refused(int port) {
        assertThat(refusal(fields(always("8.8.8.8")), "https://partner.example:" + port + "/"))
                .isEqualTo("url_address_refused");
    }

    @Test
    void plain_http_is_for_allowed_networks_only() {
        assertThat(refusal(fields(always("8.8.8.8")), "http://partner.example/"))
                .isEqualTo("url_address_refused");
        var allowing = fields(always("10.1.2.3"), "10.1.0.0/16", "fd00::/8");
        assertThat(allowing.url("http://partner.example:81/")).isNotEmpty();
        assertThat(allowing.url("https://partner.example:22/")).isNotEmpty();
        assertThat(refusal(fields(always("10.2.2.3"), "10.1.0.0/16"), "http://partner.example/"))
                .isEqualTo("url_address_refused");
    }

    @Test
    void one_private_answer_among_public_ones_refuses_the_name() {
        assertThat(refusal(fields(always("8.8.8.8", "10.0.0.1")), "https://partner.example/"))
                .isEqualTo("url_address_refused");
        assertThat(refusal(fields(always("8.8.8.8", "::1")), "https://partner.example/"))
                .isEqualTo("url_address_refused");
        assertThat(fields(always("8.8.8.8", "1.1.1.1")).url("https://partner.example/"))
                .isNotEmpty();
    }

    @Test
    void a_name_that_does_not_resolve_is_refused_with_its_own_words() {
        var fields =
                fields(host -> {
                    throw new UnknownHostException(host);
                });
        assertThatThrownBy(() -> fields.url("https://partner.example/"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("does not resolve");
    }

    @Test
    void a_network_that_can_not_be_read_does_not_start() {
        assertThatThrownBy(() -> addresses(SYSTEM, "10.0.0.0/33"))
                .hasMessageContaining("COMPTAPPART_WEBHOOK_ALLOWEDNETWORKS");
        assertThatThrownBy(() -> addresses(SYSTEM, "partner.example"))
                .hasMessageContaining("COMPTAPPART_WEBHOOK_ALLOWEDNETWORKS");
    }

    @Test
    void a_name_that_turns_private_after_it_was_saved_gets_no_connection() throws Exception {
        try (var trap = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var asked = new AtomicInteger();
            AddressResolver rebinding =
                    host ->
                            always(asked.incrementAndGet() == 1 ? "8.8.8.8" : "127.0.0.1")
                                    .resolve(host);
            var addresses = addresses(rebinding);
            String url = "https://partner.example:" + trap.getLocalPort() + "/hook";
            assertThat(new EndpointFields(addresses).url(url)).isEqualTo(url);
            assertRefusedAtSending(addresses, url);
            assertNoConnection(trap);
            assertThat(asked.get()).isEqualTo(2);
        }
    }

    @Test
    void an_address_that_is_no_longer_allowed_gets_no_connection() throws Exception {
        try (var trap = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            for (String host : List.of("127.0.0.1", "[::ffff:127.0.0.1]", "localhost")) {
                for (String scheme : List.of("http://", "https://")) {
                    assertRefusedAtSending(
                            addresses(SYSTEM), scheme + host + ":" + trap.getLocalPort() + "/hook");
                }
            }
            assertNoConnection(trap);
        }
    }

    private static void assertRefusedAtSending(Addresses addresses, String url) throws Exception {
        try (var connections =
                        new PartnerConnections(
                                addresses,
                                new PartnerTrust(
                                        new WebhookProperties(
                                                List.of(),
                                                Duration.ofSeconds(10),
                                                List.of(),
                                                "")));
                var calls = new PartnerCalls(connections, Clock.systemUTC())) {
            var partner = new PartnerId("part_1");
            var target =
                    new Target(
                            partner,
                            "we_1",
                            url,
                            List.of(Signer.newSecret()),
                            null,
                            Duration.ofSeconds(5),
                            false,
                            false,
                            null);
            var delivery =
                    new Delivery(partner, "msg_1", null, "{}", 0, 0, UUID.randomUUID(), null);
            var answer = calls.send(target, delivery);
            assertThat(answer.error()).contains("address refused");
            assertThat(answer.status()).isZero();
        }
    }

    private static void assertNoConnection(ServerSocket trap) throws IOException {
        trap.setSoTimeout(200);
        assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private static String refusal(EndpointFields fields, String url) {
        try {
            return "admitted: " + fields.url(url);
        } catch (Refused e) {
            return e.code();
        }
    }

    private static AddressResolver always(String... addresses) {
        return host ->
                Arrays.stream(addresses).map(AddressesTest::address).toArray(InetAddress[]::new);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EndpointFields fields(AddressResolver resolver, String... allowed) {
        return new EndpointFields(addresses(resolver, allowed));
    }

    private static Addresses addresses(AddressResolver resolver, String... allowed) {
        return new Addresses(
                resolver,
                new WebhookProperties(List.of(), Duration.ofSeconds(10), List.of(allowed), ""));
    }
}
