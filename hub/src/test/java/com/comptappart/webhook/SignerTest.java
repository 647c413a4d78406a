package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignerTest {

    @Test
    void the_golden_signatures_that_partners_check_against_are_ours() throws IOException {
        var vectors =
                JsonMapper.builder()
                        .build()
                        .readTree(Path.of("../samples/vectors/webhook-signatures.json").toFile());
        int checked = 0;
        for (JsonNode vector : vectors) {
            if (!vector.path("version").asString().equals("v1")) {
                continue;
            }
            checked++;
            assertThat(
                            Signer.sign(
                                    List.of(vector.path("secret").asString()),
                                    vector.path("id").asString(),
                                    Instant.ofEpochSecond(vector.path("timestamp").asLong()),
                                    vector.path("payload")
                                            .asString()
                                            .getBytes(StandardCharsets.UTF_8)))
                    .as(vector.path("name").asString())
                    .isEqualTo(vector.path("signature").asString());
        }
        assertThat(checked).isGreaterThanOrEqualTo(4);
    }

    @Test
    void a_new_secret_is_32_random_bytes_in_base64() {
        String secret = Signer.newSecret();
        assertThat(secret).startsWith("whsec_").isNotEqualTo(Signer.newSecret());
        assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(32);
    }
}
