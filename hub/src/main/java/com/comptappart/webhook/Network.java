package com.comptappart.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * <p>Source of the ranges that are not public: the IANA IPv4 and IPv6 special-purpose address
 * registries (RFC 6890 and its successors), and what clouds answer their own machines at.
 */
record Network(byte[] address, int bits) {

    private static final List<Network> SPECIAL =
            List.of(
                    parse("0.0.0.0/8"), // this network
                    parse("10.0.0.0/8"), // private
                    parse("100.64.0.0/10"), // carrier-grade NAT
                    parse("127.0.0.0/8"), // loopback
                    parse("168.63.129.16/32"), // Azure's platform (WireServer), public by form
                    parse("169.254.0.0/16"), // link-local, cloud metadata
                    parse("172.16.0.0/12"), // private
                    parse("192.0.0.0/24"), // protocol assignments
                    parse("192.0.2.0/24"), // test net 1
                    parse("192.31.196.0/24"), // AS112
                    parse("192.52.193.0/24"), // AMT
                    parse("192.88.99.0/24"), // 6to4 relays
                    parse("192.168.0.0/16"), // private
                    parse("192.175.48.0/24"), // AS112
                    parse("198.18.0.0/15"), // benchmarks
                    parse("198.51.100.0/24"), // test net 2
                    parse("203.0.113.0/24"), // test net 3
                    parse("224.0.0.0/4"), // multicast
                    parse("240.0.0.0/4"), // reserved, broadcast
                    // Of IPv6, 2000::/3 is all that is global unicast; these are special inside.
                    parse("2001::/23"), // protocol assignments: Teredo, ORCHID, benchmarks
                    parse("2001:db8::/32"), // documentation
                    parse("2002::/16"), // 6to4: carries an IPv4 address
                    parse("2620:4f:8000::/48"), // AS112
                    parse("3fff::/20")); // documentation
    private static final Network GLOBAL_IPV6 = parse("2000::/3");

    /**
     * @throws IllegalArgumentException when the text is no CIDR
     */
    static Network parse(String cidr) {
        int slash = cidr.indexOf('/');
        String host = slash < 0 ? cidr : cidr.substring(0, slash);
        // Only literals: a name would be looked up.
        if (!host.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw notACidr(cidr);
        }
        try {
            byte[] address = InetAddress.getByName(host).getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                throw notACidr(cidr);
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw notACidr(cidr);
        }
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((bytes[i / 8] & mask) != (address[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the address is reachable for all on the internet. */
    static boolean isPublic(InetAddress address) {
        InetAddress plain = unwrapped(address);
        if (plain instanceof Inet6Address && !GLOBAL_IPV6.contains(plain)) {
            // Also ::127.0.0.1, 64:ff9b::/96, fc00::/7, fe80::/10, fec0::/10 and ff00::/8.
            return false;
        }
        return SPECIAL.stream().noneMatch(network -> network.contains(plain));
    }

    /** Java unwraps {@code ::ffff:10.0.0.1} when it parses one, not when it is given the bytes. */
    private static InetAddress unwrapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] mapped = mappedIpv4(bytes);
        if (mapped == null) {
            return address;
        }
        try {
            return InetAddress.getByAddress(mapped);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte @Nullable [] mappedIpv4(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != (byte) 0xff || bytes[11] != (byte) 0xff) {
            return null;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return null;
            }
        }
        return java.util.Arrays.copyOfRange(bytes, 12, 16);
    }

    private static IllegalArgumentException notACidr(String text) {
        return new IllegalArgumentException(
                "COMPTAPPART_WEBHOOK_ALLOWEDNETWORKS: not a network such as 10.0.0.0/8: " + text);
    }
}
