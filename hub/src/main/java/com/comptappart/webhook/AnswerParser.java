package com.comptappart.webhook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the answers of one connection as the HTTP client does, and sees their first bytes come. */
final class AnswerParser implements HttpMessageParser<ClassicHttpResponse> {

    private final HttpMessageParser<ClassicHttpResponse> parser;
    private @Nullable SessionInputBuffer buffer;

    AnswerParser(Http1Config limits) {
        parser = new DefaultHttpResponseParser(limits);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer read, InputStream in)
            throws IOException, HttpException {
        buffer = read;
        var watched = new Watched(in);
        ClassicHttpResponse answer;
        try {
            answer = parser.parse(read, watched);
        } catch (HttpException e) {
            if (watched.ended) {
                throw cut(e);
            }
            throw e;
        }
        if (answer == null) {
            // So says the client's parser that the connection ended before a first line came.
            throw new NoHttpResponseException("no answer");
        }
        if (watched.ended) {
            // The client takes an end in the middle of the headers for the end of them.
            throw cut(null);
        }
        if (answer.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
            throw new ProtocolException("Invalid response: 101");
        }
        return answer;
    }

    private static IOException cut(@Nullable Exception cause) {
        var cut = new ConnectionClosedException("the answer ended before its headers did");
        cut.initCause(cause);
        return cut;
    }

    /** Whether bytes came with an earlier answer that were no part of it. */
    boolean holdsBytes() {
        return buffer != null && buffer.length() > 0;
    }

    private static final class Watched extends FilterInputStream {

        private boolean ended;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            if (read > 0) {
                Stopwatch.came(into, from, read);
            }
            ended |= read < 0;
            return read;
        }
    }
}
