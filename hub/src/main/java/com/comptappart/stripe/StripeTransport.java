package com.comptappart.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Carries the SDK's calls over kept connections. The SDK's own transport keeps five of them, hides
 * {@code Retry-After} and takes about half as much again of the processor (measured, 16 threads).
 */
final class StripeTransport extends HttpClient {

    private static final int MAX_ANSWER = 8 << 20;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final CloseableHttpClient client;
    private final Clock clock;

    StripeTransport(int connections, Duration connect, Duration answer, Clock clock) {
        var manager =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(connections)
                        .setMaxConnTotal(connections)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(Timeout.of(connect))
                                        .setSocketTimeout(Timeout.of(answer))
                                        .setValidateAfterInactivity(1, TimeUnit.SECONDS)
                                        .build())
                        .build();
        this.client =
                HttpClients.custom()
                        .setConnectionManager(manager)
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(Timeout.of(connect))
                                        .setResponseTimeout(Timeout.of(answer))
                                        .build())
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableAutomaticRetries()
                        .build();
        this.clock = clock;
    }

    /**
     * @throws StripeAnswer where the answer is no 2xx
     */
    @Override
    public StripeResponse request(StripeRequest request) throws StripeException {
        try {
            var call = new HttpUriRequestBase(request.method().name(), request.url().toURI());
            request.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(v -> call.addHeader(name, v)));
            call.setHeader("User-Agent", buildUserAgentString(request));
            var content = request.content();
            if (content != null) {
                call.setEntity(new ByteArrayEntity(content.byteArrayContent(), null));
                call.setHeader("Content-Type", content.contentType());
            }
            return client.execute(call, this::answer);
        } catch (IOException | URISyntaxException e) {
            throw new ApiConnectionException(e.getClass().getSimpleName(), e);
        }
    }

    private StripeResponse answer(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        String body = text(response.getEntity());
        if (status < 200 || status >= 300) {
            throw new StripeAnswer(
                    status, retryAfter(response.getFirstHeader("Retry-After")), body);
        }
        return new StripeResponse(status, HttpHeaders.of(Map.of("Status", List.of())), body);
    }

    private static String text(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        if (entity.getContentLength() > MAX_ANSWER) {
            throw new IOException("the answer is over " + MAX_ANSWER + " bytes");
        }
        byte[] bytes = EntityUtils.toByteArray(entity, MAX_ANSWER);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Seconds, or a date; null where there is neither. */
    private @Nullable Duration retryAfter(@Nullable Header header) {
        if (header == null || header.getValue() == null) {
            return null;
        }
        String value = header.getValue().strip();
        try {
            var wait =
                    value.matches("[0-9]{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(value))
                            : Duration.between(
                                    clock.instant(),
                                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant());
            if (wait.compareTo(Duration.ofSeconds(1)) < 0) {
                return Duration.ofSeconds(1);
            }
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
