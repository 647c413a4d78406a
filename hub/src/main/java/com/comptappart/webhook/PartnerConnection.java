package com.comptappart.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;

/**
 * A connection to a partner's server. It is used again only while nothing waits on it: bytes that
 * came after an answer are no part of it, and would pass for the answer to the next call.
 */
final class PartnerConnection extends DefaultManagedHttpClientConnection {

    private static final AtomicLong NEXT = new AtomicLong();

    /** Looking whether the other side has closed it costs a millisecond. */
    private static final Duration CLOSED_SELDOM = Duration.ofSeconds(1);

    private final AnswerParser parser;
    private long idleSince = System.nanoTime();

    PartnerConnection(Http1Config limits) {
        this(limits, new AnswerParser(limits));
    }

    private PartnerConnection(Http1Config limits, AnswerParser parser) {
        super(
                "partner-" + NEXT.incrementAndGet(),
                null,
                null,
                limits,
                null,
                null,
                null,
                null,
                new OneParser(parser));
        this.parser = parser;
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        Stopwatch.requestSent();
        super.sendRequestHeader(request);
    }

    @Override
    public void passivate() {
        super.passivate();
        idleSince = System.nanoTime();
    }

    /** Asked each time before it is used again. */
    @Override
    public boolean isStale() throws IOException {
        return Stopwatch.isNewConnectionWanted()
                || somethingWaits()
                || (System.nanoTime() - idleSince >= CLOSED_SELDOM.toNanos() && super.isStale());
    }

    /** Without waiting for anything; behind TLS, whatever came counts, even where it is no data. */
    private boolean somethingWaits() throws IOException {
        var sockets = getSocketHolder();
        if (sockets == null || parser.holdsBytes()) {
            return true;
        }
        var tls = sockets.getSSLSocket();
        return sockets.getBaseSocket().getInputStream().available() > 0
                || (tls != null && tls.getInputStream().available() > 0);
    }

    private static final class OneParser extends DefaultHttpResponseParserFactory {

        private final AnswerParser parser;

        OneParser(AnswerParser parser) {
            this.parser = parser;
        }

        @Override
        public AnswerParser create() {
            return parser;
        }
    }
}
