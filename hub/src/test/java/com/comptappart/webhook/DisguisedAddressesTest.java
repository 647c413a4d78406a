package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Refused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Addresses that are not for partners, in every spelling that some library takes for them: none is
 * saved, and none that a name leads to is connected to.
 */
class DisguisedAddressesTest {

    private static final List<String> PRIVATE =
            List.of(
                    "0.0.0.0",
                    "0.1.2.3",
                    "10.0.0.1",
                    "10.255.255.255",
                    "100.64.0.1",
                    "100.127.255.254",
                    "100.100.100.200",
                    "127.0.0.1",
                    "127.255.255.254",
                    "168.63.129.16",
                    "169.254.169.254",
                    "169.254.170.2",
                    "172.16.0.1",
                    "172.31.255.255",
                    "192.0.0.170",
                    "192.0.0.192",
                    "192.0.2.1",
                    "192.88.99.1",
                    "192.168.0.1",
                    "192.168.255.255",
                    "198.18.0.1",
                    "198.51.100.1",
                    "203.0.113.7",
                    "224.0.0.1",
                    "239.255.255.255",
                    "240.0.0.1",
                    "255.255.255.255");

    private static final EndpointFields FIELDS =
            new EndpointFields(
                    new Addresses(
                            host -> InetAddress.getAllByName(host),
                            new WebhookProperties(
                                    List.of(), Duration.ofSeconds(10), List.of(), "")));

    static Stream<String> disguises() {
        return PRIVATE.stream().flatMap(address -> disguises(parts(address)));
    }

    private static Stream<String> disguises(int[] part) {
        long whole = whole(part);
        String high = hex(part[0] << 8 | part[1]);
        String low = hex(part[2] << 8 | part[3]);
        String dotted = dotted(part, Integer::toString);
        return Stream.of(
                dotted,
                dotted + ".",
                part[0] + "." + (whole & 0xffffff),
                part[0] + "." + part[1] + "." + (whole & 0xffff),
                Long.toString(whole),
                "0" + Long.toOctalString(whole),
                "0x" + Long.toHexString(whole),
                "0X" + Long.toHexString(whole).toUpperCase(Locale.ROOT),
                dotted(part, each -> "0" + Integer.toOctalString(each)),
                dotted(part, each -> "0x" + Integer.toHexString(each)),
                dotted(part, each -> "00" + each),
                part[0] + ".0x" + Long.toHexString(whole & 0xffffff),
                "[::ffff:" + dotted + "]",
                "[::ffff:" + high + ":" + low + "]",
                "[::" + dotted + "]",
                "[0:0:0:0:0:0:" + high + ":" + low + "]",
                "[::ffff:0:" + high + ":" + low + "]",
                "[64:ff9b::" + dotted + "]",
                "[64:ff9b:1::" + high + ":" + low + "]",
                "[2002:" + high + ":" + low + "::]",
                "[2001:0:4136:e378:8000:63bf:" + flipped(high) + ":" + flipped(low) + "]");
    }

    @Test
    void there_are_at_least_three_hundred() {
        assertThat(disguises().distinct().count()).isGreaterThanOrEqualTo(300);
    }

    @ParameterizedTest
    @MethodSource("disguises")
    void no_disguise_of_an_address_is_saved(String host) {
        assertThatThrownBy(() -> FIELDS.url("https://" + host + "/hook"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("url_address_refused"));
    }

    /** A name server may answer with any of them. */
    @Test
    void no_name_leads_to_one_of_them() throws UnknownHostException {
        for (String address : PRIVATE) {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            for (byte[] answer :
                    List.of(bytes, ofSix(bytes, 0xff), ofSix(bytes, 0), sixToFour(bytes))) {
                var found = InetAddress.getByAddress("partner.example", answer);
                var addresses =
                        new Addresses(
                                _ -> new InetAddress[] {found},
                                new WebhookProperties(
                                        List.of(), Duration.ofSeconds(10), List.of(), ""));
                assertThatThrownBy(() ->
                                addresses.admitted("partner.example", EndpointUrl.Reach.PUBLIC))
                        .as(found.getHostAddress())
                        .isInstanceOf(AddressRefused.class);
            }
        }
    }

    private static byte[] ofSix(byte[] four, int mark) {
        byte[] six = new byte[16];
        six[10] = (byte) mark;
        six[11] = (byte) mark;
        System.arraycopy(four, 0, six, 12, 4);
        return six;
    }

    private static byte[] sixToFour(byte[] four) {
        byte[] six = new byte[16];
        six[0] = 0x20;
        six[1] = 0x02;
        System.arraycopy(four, 0, six, 2, 4);
        return six;
    }

    private static int[] parts(String address) {
        return Stream.of(address.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    private static long whole(int[] part) {
        return IntStream.of(part).asLongStream().reduce(0, (sum, each) -> sum << 8 | each);
    }

    private static String dotted(int[] part, IntFunction<String> spelling) {
        return String.join(".", IntStream.of(part).mapToObj(spelling).toList());
    }

    private static String hex(int group) {
        return Integer.toHexString(group);
    }

    /** Teredo carries its client's address with every bit turned. */
    private static String flipped(String group) {
        return hex(Integer.parseInt(group, 16) ^ 0xffff);
    }
}
