package com.comptappart.webhook;

import com.comptappart.webhook.Stopwatch.Phase;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The HTTP client's own parts, which tell the {@link Stopwatch} of a call when they begin. */
final class TimedConnecting extends PoolingHttpClientConnectionManagerBuilder {

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            @Nullable SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
        return new Operator(ports == null ? DefaultSchemePortResolver.INSTANCE : ports, names, tls);
    }

    private static final class Operator extends DefaultHttpClientConnectionOperator {

        Operator(SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            super(
                    ports,
                    names,
                    RegistryBuilder.<TlsSocketStrategy>create()
                            .register(URIScheme.HTTPS.id, tls)
                            .build());
        }

        @Override
        protected void onBeforeSocketConnect(HttpContext context, HttpHost host) {
            Stopwatch.now(Phase.CONNECT);
        }

        @Override
        protected void onAfterSocketConnect(HttpContext context, HttpHost host) {
            Stopwatch.now(Phase.ANSWER);
        }

        @Override
        protected void onBeforeTlsHandshake(HttpContext context, HttpHost host) {
            Stopwatch.now(Phase.TLS);
        }

        @Override
        protected void onAfterTlsHandshake(HttpContext context, HttpHost host) {
            Stopwatch.now(Phase.ANSWER);
        }
    }

    /** Reads answers as the client does, and sees their first byte come. */
    static final class Parsers extends DefaultHttpResponseParserFactory {

        Parsers(Http1Config limits) {
            super(limits);
        }

        @Override
        public HttpMessageParser<ClassicHttpResponse> create() {
            return new Parser(super.create());
        }
    }

    private record Parser(HttpMessageParser<ClassicHttpResponse> parser)
            implements HttpMessageParser<ClassicHttpResponse> {

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
                throws IOException, HttpException {
            return parser.parse(buffer, new FirstByte(in));
        }
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
                Stopwatch.now(Phase.BODY);
            }
            return read;
        }
    }
}
