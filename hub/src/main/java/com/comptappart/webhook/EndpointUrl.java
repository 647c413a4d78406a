package com.comptappart.webhook;

import com.comptappart.kernel.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

/** A partner's URL, taken apart once, so that what is checked is what is called. */
record EndpointUrl(URI uri, String scheme, String host, int port) {

    private static final int MAX_LENGTH = 2048;

    /** Where a URL may lead, by its scheme and port. */
    enum Reach {
        /** Public addresses and allowed networks. */
        PUBLIC,
        /** Allowed networks only, since it is plain HTTP. */
        ALLOWED_PLAIN,
        /** Allowed networks only, since the port is a privileged one. */
        ALLOWED_PORT
    }

    /**
     * @throws Refused when the text is no URL that could ever be called
     */
    static EndpointUrl parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid("at most " + MAX_LENGTH + " characters");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw invalid("no space, line break or control character, also none around it");
        }
        if (text.chars().anyMatch(c -> c > 127)) {
            throw invalid(
                    "only ASCII: write other letters of the host in punycode, of the path in percent-encoding");
        }
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw invalid("an absolute https:// URL");
        }
        if (uri.getRawAuthority() == null) {
            throw invalid("an absolute https:// URL");
        }
        if (uri.getRawAuthority().contains("@")) {
            throw invalid("no user or password in it; the api_key field carries a key");
        }
        if (uri.getRawFragment() != null) {
            throw invalid("no # part, it is never sent");
        }
        String host = uri.getHost();
        if (host == null || isDisguised(host.toLowerCase(Locale.ROOT))) {
            throw Refused.invalid(
                    "url_address_refused",
                    "url: the host must be a name or a plainly written IP address, not '"
                            + uri.getRawAuthority()
                            + "'");
        }
        return of(uri, scheme, host.toLowerCase(Locale.ROOT));
    }

    private static EndpointUrl of(URI uri, String scheme, String host) {
        int port = uri.getPort() < 0 ? (scheme.equals("https") ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65535) {
            throw invalid("a port between 1 and 65535");
        }
        if (uri.getRawPath().startsWith("//")) {
            throw invalid("a path that does not begin with two slashes");
        }
        return new EndpointUrl(uri, scheme, unbracketed(host), port);
    }

    /**
     * An IPv4 address in a spelling that others may read differently: short, octal or hexadecimal.
     */
    private static boolean isDisguised(String host) {
        boolean isNumber = host.matches("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");
        return isNumber && !host.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    }

    Reach reach() {
        if (scheme.equals("http")) {
            return Reach.ALLOWED_PLAIN;
        }
        return port == 443 || port == 8443 || port > 1023 ? Reach.PUBLIC : Reach.ALLOWED_PORT;
    }

    HttpHost httpHost() {
        return new HttpHost(scheme, host, port);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalid(
                    "an absolute https:// URL; this one can't be read from character "
                            + Math.max(e.getIndex(), 0)
                            + " on");
        }
    }

    private static Refused invalid(String wanted) {
        return Refused.invalid("url_invalid", "url: " + wanted);
    }
}
