package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignerTest {

    private static final Path VECTORS = Path.of("../samples/vectors/webhook-signatures.json");

    private static JsonNode vectors() {
        return JsonMapper.builder().build().readTree(VECTORS.toFile());
    }

    private static List<String> secrets(JsonNode vector) {
        var secrets = new ArrayList<String>();
        vector.path("secrets").forEach(secret -> secrets.add(secret.asString()));
        return secrets;
    }

    private static String text(JsonNode vector, String field) {
        return vector.path(field).asString();
    }

    private static Instant at(JsonNode vector) {
        return Instant.ofEpochSecond(vector.path("timestamp").asLong());
    }

    @Test
    void the_golden_signatures_that_partners_check_against_are_ours() {
        for (JsonNode vector : vectors()) {
            byte[] body = text(vector, "payload").getBytes(StandardCharsets.UTF_8);
            assertThat(Signer.sign(secrets(vector), text(vector, "id"), at(vector), body))
                    .as(text(vector, "name"))
                    .isEqualTo(text(vector, "signature"));
        }
        assertThat(vectors().size()).isGreaterThanOrEqualTo(9);
    }

    @Test
    void the_public_library_makes_each_golden_v1_signature() throws Exception {
        int checked = 0;
        for (JsonNode vector : vectors()) {
            var signatures = List.of(text(vector, "signature").split(" "));
            var secrets = secrets(vector);
            assertThat(signatures).as(text(vector, "name")).hasSameSizeAs(secrets);
            for (int i = 0; i < secrets.size(); i++) {
                if (secrets.get(i).startsWith("whsec_")) {
                    assertThat(
                                    new Webhook(secrets.get(i))
                                            .sign(
                                                    text(vector, "id"),
                                                    at(vector).getEpochSecond(),
                                                    text(vector, "payload")))
                            .as(text(vector, "name"))
                            .isEqualTo(signatures.get(i));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(9);
    }

    @Test
    void the_golden_v1a_signatures_verify_with_their_public_keys() {
        int checked = 0;
        for (JsonNode vector : vectors()) {
            String signed =
                    text(vector, "id")
                            + "."
                            + at(vector).getEpochSecond()
                            + "."
                            + text(vector, "payload");
            for (String signature : text(vector, "signature").split(" ")) {
                if (signature.startsWith("v1a,")) {
                    byte[] bytes = signed.getBytes(StandardCharsets.UTF_8);
                    String key = text(vector, "public");
                    assertThat(PublicKeys.verifies(key, signature.substring(4), bytes)).isTrue();
                    bytes[0] ^= 1;
                    assertThat(PublicKeys.verifies(key, signature.substring(4), bytes)).isFalse();
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_new_secret_is_32_random_bytes_in_base64() {
        String secret = Signer.newSecret();
        assertThat(secret).startsWith("whsec_").isNotEqualTo(Signer.newSecret());
        assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(32);
    }

    @Test
    void a_new_key_pair_signs_what_its_public_half_verifies_and_prints_no_secret() {
        var pair = SigningKeyPair.make();
        assertThat(Base64.getDecoder().decode(pair.secret().substring(5))).hasSize(64);
        byte[] body = "{\"name\":\"Zoë €\"}".getBytes(StandardCharsets.UTF_8);
        String signature =
                Base64.getEncoder().encodeToString(SigningKeyPair.sign(pair.secret(), body));
        assertThat(PublicKeys.verifies(pair.publicKey(), signature, body)).isTrue();
        assertThat(PublicKeys.verifies(SigningKeyPair.make().publicKey(), signature, body))
                .isFalse();
        assertThat(pair.toString()).doesNotContain("whsk_");
    }
}
