package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Decides to which addresses partner URLs may lead: at saving, and again at every connection. */
@Component
class Addresses {

    private final AddressResolver resolver;
    private final List<Network> allowed;

    Addresses(AddressResolver resolver, WebhookProperties properties) {
        this.resolver = resolver;
        allowed = properties.allowedNetworks().stream().map(Network::parse).toList();
    }

    /**
     * The addresses to connect to; every one that the name has must be admitted, since any may be
     * used.
     *
     * @throws AddressRefused when one is not admitted
     * @throws UnknownHostException when there is none
     */
    InetAddress[] admitted(String host, EndpointUrl.Reach reach)
            throws UnknownHostException, InterruptedException {
        var found = resolver.resolve(host);
        if (found.length == 0) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : found) {
            check(host, address, reach);
        }
        return found;
    }

    private void check(String host, InetAddress address, EndpointUrl.Reach reach)
            throws AddressRefused {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return;
        }
        if (!Network.isPublic(address)) {
            throw new AddressRefused(
                    Reason.PARTNER_NOT_PUBLIC.text(host, address.getHostAddress()));
        }
        switch (reach) {
            case PUBLIC -> {}
            case ALLOWED_PLAIN -> throw new AddressRefused(Reason.PARTNER_PLAIN_HTTP.text());
            case ALLOWED_PORT -> throw new AddressRefused(Reason.PARTNER_PORT.text());
        }
    }
}
