package com.comptappart.webhook;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/**
 * Kept-alive connections to partners, one client per {@link EndpointUrl.Reach}, so that no
 * connection is ever lent to a URL that may not use its address. A connection is kept for one
 * endpoint alone: what a server says on it, it can say to nobody else. Each client resolves names
 * through {@link Addresses} and connects to nothing else.
 */
@Component
class PartnerConnections implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 4 * DeliveryWork.MAX_LANES;
    private static final Timeout LONGEST_CALL = Timeout.ofSeconds(30);
    private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(1);
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(20);
    private static final String ENDPOINT = "comptappart.endpoint";

    private final Map<EndpointUrl.Reach, CloseableHttpClient> clients =
            new EnumMap<>(EndpointUrl.Reach.class);

    PartnerConnections(Addresses addresses, PartnerTrust trust) {
        var tls = new DefaultClientTlsStrategy(trust.context());
        for (EndpointUrl.Reach reach : EndpointUrl.Reach.values()) {
            clients.put(reach, client(new Admitted(addresses, reach), tls));
        }
    }

    CloseableHttpClient client(EndpointUrl.Reach reach) {
        var client = clients.get(reach);
        if (client == null) {
            throw new IllegalStateException("no client for " + reach);
        }
        return client;
    }

    /** Of one call to that endpoint; what {@link #client} calls with. */
    static HttpClientContext contextOf(String endpointId) {
        var context = HttpClientContext.create();
        context.setAttribute(ENDPOINT, endpointId);
        return context;
    }

    private static HttpRoute route(HttpHost host, HttpContext context) {
        if (!(context.getAttribute(ENDPOINT) instanceof String endpointId)) {
            throw new IllegalStateException("a call to no endpoint: " + host);
        }
        return new HttpRoute(
                host,
                new HostOfEndpoint(endpointId, host.getHostName(), host.getPort()),
                null,
                URIScheme.HTTPS.same(host.getSchemeName()));
    }

    /** No redirects, retries, cookies, decompression, credentials or proxies: one plain call. */
    private static CloseableHttpClient client(DnsResolver resolver, TlsSocketStrategy tls) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections(resolver, tls))
                .setRoutePlanner(PartnerConnections::route)
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setResponseTimeout(LONGEST_CALL)
                                .setConnectionRequestTimeout(LONGEST_CALL)
                                .setAuthenticationEnabled(false)
                                .setRedirectsEnabled(false)
                                .setContentCompressionEnabled(false)
                                .setProtocolUpgradeEnabled(false)
                                .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .evictExpiredConnections()
                .evictIdleConnections(LONGEST_IDLE)
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(
            DnsResolver resolver, TlsSocketStrategy tls) {
        var limits = Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8 * 1024).build();
        return new TimedConnecting()
                .setDnsResolver(resolver)
                .setTlsSocketStrategy(tls)
                .setConnectionFactory(_ -> new PartnerConnection(limits))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                                .setConnectTimeout(LONGEST_CALL)
                                .setSocketTimeout(LONGEST_CALL)
                                // A kept connection outlives a change of its name's address by no
                                // more.
                                .setTimeToLive(LONGEST_LIFE)
                                // Each is looked at before it is used again.
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                .build();
    }

    @Override
    public void close() {
        clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
    }

    /** A part of the key under which connections are kept; TLS is negotiated with its host. */
    private record HostOfEndpoint(String endpointId, String host, int port)
            implements NamedEndpoint {

        @Override
        public String getHostName() {
            return host;
        }

        @Override
        public int getPort() {
            return port;
        }
    }

    /** Gives the client only addresses that were checked; it connects to those. */
    private record Admitted(Addresses addresses, EndpointUrl.Reach reach) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            Stopwatch.now(Stopwatch.Phase.RESOLVE);
            try {
                var found = addresses.admitted(host, reach);
                Stopwatch.resolvedTo(found);
                return found;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var stopped = new UnknownHostException(host);
                stopped.initCause(new InterruptedIOException("stopped while resolving"));
                throw stopped;
            }
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
