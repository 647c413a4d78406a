package com.comptappart.webhook;

/**
 * A call as a partner's program saw it.
 *
 * @param timestamp the header's text
 * @param signature the header's text
 */
public record SignedCall(String id, String timestamp, String signature, byte[] body) {
    public SignedCall {
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }
}
