package com.comptappart.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HubStartsTest {

    @Test
    void the_hub_starts_on_an_empty_database_and_says_that_it_is_well() {
        try (var hub = new HubForTests().start()) {
            assertThat(hub.get("/actuator/health/readiness").body()).contains("UP");
            assertThat(hub.get("/nothing-here").statusCode()).isEqualTo(403);
        }
    }
}
