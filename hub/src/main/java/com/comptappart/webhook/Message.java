package com.comptappart.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * What one call says.
 *
 * @param id the {@code webhook-id}
 * @param at the {@code webhook-timestamp}
 * @param signatures the {@code webhook-signature}, which a probe may get wrong
 * @param spread how long the body takes to be written; zero for all at once
 */
record Message(String id, Instant at, String signatures, String body, Duration spread) {

    private static final int PIECES = 8;
    private static final ContentType JSON = ContentType.create("application/json");

    static Message signed(List<String> secrets, String id, Instant at, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Message(id, at, Signer.sign(secrets, id, at, bytes), body, Duration.ZERO);
    }

    /** That body under the signature of this one. */
    Message saying(String other) {
        return new Message(id, at, signatures, other, spread);
    }

    Message spreadOver(Duration time) {
        return new Message(id, at, signatures, body, time);
    }

    HttpEntity entity() {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return spread.isZero()
                ? new ByteArrayEntity(bytes, JSON)
                : new Dripping(bytes, spread.dividedBy(PIECES));
    }

    /** A body that comes piece by piece, as over a bad line. */
    private static final class Dripping extends AbstractHttpEntity {

        private final byte[] bytes;
        private final Duration pause;

        Dripping(byte[] bytes, Duration pause) {
            super(JSON, null);
            this.bytes = bytes;
            this.pause = pause;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            int piece = Math.ceilDiv(bytes.length, PIECES);
            for (int from = 0; from < bytes.length; from += piece) {
                out.write(bytes, from, Math.min(piece, bytes.length - from));
                out.flush();
                rest();
            }
        }

        private void rest() throws InterruptedIOException {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped while writing");
            }
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long getContentLength() {
            return bytes.length;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {}
    }
}
