package com.comptappart.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All partners: answers 200 at once, notes what came, and verifies every fiftieth signature or
 * each. One call in so many can be answered 503 instead.
 */
final class PartnerReceiver extends HttpConversation {

    /** Where the load generator posts to measure the receiver alone. */
    static final String LIMIT_PATH = "/limit";

    static final int VERIFY_EACH = 50;
    private static final byte[] OK = response("200 OK", new byte[0]);
    private static final byte[] BUSY = response("503 Service Unavailable", new byte[0]);
    private static final byte[] EVENT = "\"event_id\"".getBytes(StandardCharsets.UTF_8);

    /** The secrets of the endpoints, by the path that each posts to. */
    static final class Secrets {
        private final Map<String, Hmac> byPath = new ConcurrentHashMap<>();

        void put(String path, String secret) {
            byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
            byPath.put(path, new Hmac(key));
        }
    }

    private final Secrets secrets;
    private final Sightings sightings;
    private final int verifyEach;
    private final int refuseEach;

    PartnerReceiver(Secrets secrets, Sightings sightings) {
        this(secrets, sightings, VERIFY_EACH, 0);
    }

    /**
     * @param verifyEach of so many calls one signature is verified
     * @param refuseEach of so many calls one is answered 503; 0 for none
     */
    PartnerReceiver(Secrets secrets, Sightings sightings, int verifyEach, int refuseEach) {
        this.secrets = secrets;
        this.sightings = sightings;
        this.verifyEach = verifyEach;
        this.refuseEach = refuseEach;
    }

    @Override
    void answer(Head head, byte[] body, ByteBuffer out) {
        String path = head.path();
        if (path.equals(LIMIT_PATH)) {
            out.put(OK);
            return;
        }
        String id = head.header("webhook-id");
        int n = orderOf(body);
        boolean refuses = refuseEach > 0 && sightings.calls() % refuseEach == refuseEach - 1;
        out.put(refuses ? BUSY : OK);
        int seen = sightings.noticed(n, id == null ? "" : id, body, !refuses);
        if (seen % verifyEach == 0) {
            sightings.signature(isSigned(head, path, body));
        }
    }

    private boolean isSigned(Head head, String path, byte[] body) {
        var hmac = secrets.byPath.get(path);
        String given = head.header("webhook-signature");
        if (hmac == null || given == null) {
            return false;
        }
        String signed = head.header("webhook-id") + "." + head.header("webhook-timestamp") + ".";
        byte[] expected =
                ("v1," + Base64.getEncoder().encodeToString(hmac.of(signed, body)))
                        .getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.stream(given.split(" "))
                .anyMatch(each ->
                        MessageDigest.isEqual(
                                expected, each.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The order that the body's {@code event_id} is of; it stands within the first bytes. */
    private static int orderOf(byte[] body) {
        for (int i = 0; i + EVENT.length < body.length; i++) {
            if (body[i] == '"'
                    && Arrays.equals(body, i, i + EVENT.length, EVENT, 0, EVENT.length)) {
                int from = i + EVENT.length;
                int until = Math.min(body.length, from + 64);
                return Shop.numberIn(
                        new String(body, from, until - from, StandardCharsets.ISO_8859_1));
            }
        }
        return -1;
    }
}
