package com.comptappart.webhook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the answers of one connection as the HTTP client does, and sees their first byte come. */
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
        return parser.parse(read, new FirstByte(in));
    }

    /** Whether bytes came with an earlier answer that were no part of it. */
    boolean holdsBytes() {
        return buffer != null && buffer.length() > 0;
    }

    private static final class FirstByte extends FilterInputStream {

        private boolean seen;

        FirstByte(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            if (read > 0 && !seen) {
                seen = true;
                Stopwatch.now(Stopwatch.Phase.BODY);
            }
            return read;
        }
    }
}
