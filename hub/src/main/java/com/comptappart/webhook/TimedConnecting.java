package com.comptappart.webhook;

import com.comptappart.webhook.Stopwatch.Phase;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
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
}
