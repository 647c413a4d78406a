package com.comptappart.webhook;

import java.net.UnknownHostException;

/** A partner's host resolves to an address that must not be called. */
final class AddressRefused extends UnknownHostException {
    AddressRefused(String message) {
        super(message);
    }
}
