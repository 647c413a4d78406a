package com.comptappart.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * From whom mails come.
 *
 * @param header the From header, encoded
 * @param messageIdDomain what stands after the @ of a Message-ID
 */
record Sender(String header, String messageIdDomain) {

    private static final String NO_DOMAIN = "comptappart.invalid";

    /**
     * The configured sender; without one, {@code noreply} at the host of the public address.
     *
     * @throws IllegalArgumentException when the configured one is not an address
     */
    static Sender of(String configured, String publicUrl) {
        if (configured.isEmpty()) {
            return new Sender("noreply@" + host(publicUrl), NO_DOMAIN);
        }
        try {
            var parsed = InternetAddress.parse(configured, true);
            String address = parsed.length == 1 ? parsed[0].getAddress() : "";
            if (Addresses.fault(address).isPresent()) {
                throw notAnAddress();
            }
            var encoded =
                    new InternetAddress(
                            address, parsed[0].getPersonal(), StandardCharsets.UTF_8.name());
            return new Sender(encoded.toString(), domain(address));
        } catch (AddressException | UnsupportedEncodingException e) {
            throw notAnAddress();
        }
    }

    private static IllegalArgumentException notAnAddress() {
        return new IllegalArgumentException(
                "COMPTAPPART_MAIL_FROM must be one mail address, such as facture@example.fr or"
                        + " \"Name <facture@example.fr>\"");
    }

    private static String domain(String address) {
        String ascii = Addresses.toAscii(address);
        return ascii.substring(ascii.lastIndexOf('@') + 1);
    }

    private static String host(String publicUrl) {
        @Nullable String host = null;
        try {
            host = URI.create(publicUrl.strip()).getHost();
        } catch (IllegalArgumentException notAnAddress) {
            // Said by whoever makes links of it; a sender is needed all the same.
        }
        return host == null || Addresses.fault("noreply@" + host).isPresent() ? NO_DOMAIN : host;
    }
}
