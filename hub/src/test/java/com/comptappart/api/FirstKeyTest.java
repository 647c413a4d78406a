package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.testing.HubForTests;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FirstKeyTest {

    private static final Pattern PRINTED =
            Pattern.compile("operator key, shown once: (ca_operator_[A-Za-z0-9]+)");

    @Test
    void without_a_configured_key_one_is_made_at_the_first_start_and_shown_once(
            CapturedOutput output) {
        try (var hub = new HubForTests().with("comptappart.operator-key", "").start()) {
            var printed = PRINTED.matcher(output.getAll());
            assertThat(printed.find()).isTrue();
            json(hub.as(printed.group(1)).get("/v1/partners"), 200);
            assertThat(hub.as(HubForTests.OPERATOR_KEY).get("/v1/partners").statusCode())
                    .isEqualTo(401);
            hub.stop();
            hub.start();
            json(hub.as(printed.group(1)).get("/v1/partners"), 200);
            assertThat(printed.find()).isFalse();
        }
    }

    @Test
    void a_key_that_could_be_guessed_stops_the_start() {
        for (String weak :
                new String[] {"ca_operator_x", "a".repeat(40), "ca_staging_" + "a".repeat(40)}) {
            assertThatThrownBy(
                            () -> new HubForTests().with("comptappart.operator-key", weak).start())
                    .hasStackTraceContaining(
                            "COMPTAPPART_OPERATOR_KEY must start with ca_operator_");
        }
    }
}
