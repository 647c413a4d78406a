package com.comptappart.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A key has so many calls a minute, and every answer says how many are left. */
class RateLimitTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void a_key_that_calls_too_often_waits_for_the_next_minute_and_nobody_else_does() {
        var clock = new MovableClock("2026-11-30T10:00:18Z");
        try (var hub =
                new HubForTests()
                        .with("comptappart.api.requestsperminute", "5")
                        .at(clock)
                        .start()) {
            var one = hub.as(key(hub, "one"));
            var other = hub.as(key(hub, "other"));
            for (int left = 4; left >= 0; left--) {
                var answer = one.get("/v1/orders");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("RateLimit-Policy"))
                        .contains("\"key\";q=5;w=60");
                assertThat(answer.headers().firstValue("RateLimit"))
                        .contains("\"key\";r=" + left + ";t=42");
            }
            var refused = one.get("/v1/orders");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("42");
            assertThat(refused.headers().firstValue("RateLimit")).contains("\"key\";r=0;t=42");
            assertThat(JSON.readTree(refused.body()).path("code").asString())
                    .isEqualTo("rate_limited");
            assertThat(other.get("/v1/orders").statusCode()).isEqualTo(200);

            clock.moveTo("2026-11-30T10:01:00Z");
            assertThat(one.get("/v1/orders").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void no_limit_is_said_where_there_is_none() {
        try (var hub = new HubForTests().with("comptappart.api.requestsperminute", "0").start()) {
            var answer = hub.get("/v1/orders");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
        }
    }

    private static String key(HubForTests hub, String slug) {
        var partner =
                json(
                        hub.post(
                                        "/v1/partners",
                                        """
                                        {"name": "%1$s", "slug": "%1$s", "contact_email": "it@%1$s.example"}
                                        """
                                                .formatted(slug))
                                .body());
        return json(hub.post(
                                "/v1/partners/" + partner.path("id").asString() + "/api-keys",
                                "{\"environment\": \"staging\"}")
                        .body())
                .path("key")
                .asString();
    }

    private static JsonNode json(String body) {
        return JSON.readTree(body);
    }
}
