package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.webhook.SignatureEvidence.Message;
import com.comptappart.webhook.SignatureFinding.Cause;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each way in which partners' programs got a signature wrong, and what the debugger says of it. */
class SignatureExaminationTest {

    private static final String ID = "msg_4eC39HqLyjWDarjtT1zdp7dc";
    private static final Instant AT = Instant.parse("2026-11-23T14:32:18Z");
    private static final String TIMESTAMP = Long.toString(AT.getEpochSecond());
    private static final String SECRET = Signer.newSecret();
    private static final String OTHER = Signer.newSecret();
    private static final String BODY =
            "{\"event_type\":\"order.created\",\"buyer\":\"Zoë\",\"total\":99.90,\"url\":\"https://a/b\"}";
    private static final Message SENT = new Message(ID, bytes(BODY), List.of(AT.getEpochSecond()));

    /** What was pasted and what is known, changed one thing at a time. */
    private record Case(
            String id,
            String timestamp,
            String signature,
            byte[] body,
            List<SigningSecret> secrets,
            List<Message> messages,
            Instant now,
            @Nullable Instant receivedAt) {

        SignatureReport report() {
            return SignatureExamination.of(
                    new SignatureEvidence(
                            new SignedCall(id, timestamp, signature, body),
                            secrets,
                            messages,
                            now,
                            receivedAt));
        }

        List<Cause> causes() {
            return report().findings().stream().map(SignatureFinding::cause).toList();
        }

        List<String> values(Cause cause) {
            return report().findings().stream()
                    .filter(each -> each.cause() == cause)
                    .findFirst()
                    .orElseThrow()
                    .values();
        }

        Case id(String other) {
            return new Case(other, timestamp, signature, body, secrets, messages, now, receivedAt);
        }

        Case timestamp(String other) {
            return new Case(id, other, signature, body, secrets, messages, now, receivedAt);
        }

        Case signature(String other) {
            return new Case(id, timestamp, other, body, secrets, messages, now, receivedAt);
        }

        Case body(byte[] other) {
            return new Case(id, timestamp, signature, other, secrets, messages, now, receivedAt);
        }

        Case body(String other) {
            return body(bytes(other));
        }

        Case trying(SigningSecret... others) {
            return new Case(
                    id, timestamp, signature, body, List.of(others), messages, now, receivedAt);
        }

        Case knowing(Message... others) {
            return new Case(
                    id, timestamp, signature, body, secrets, List.of(others), now, receivedAt);
        }

        Case now(Instant other) {
            return new Case(id, timestamp, signature, body, secrets, messages, other, receivedAt);
        }

        Case receivedAt(Instant other) {
            return new Case(id, timestamp, signature, body, secrets, messages, now, other);
        }
    }

    private static Case right() {
        return new Case(
                ID,
                TIMESTAMP,
                Signer.sign(List.of(SECRET), ID, AT, bytes(BODY)),
                bytes(BODY),
                List.of(current(SECRET)),
                List.of(SENT),
                AT.plusSeconds(2),
                null);
    }

    private static SigningSecret current(String secret) {
        return new SigningSecret(secret, SigningSecret.Kind.CURRENT, null);
    }

    private static SigningSecret pasted(String secret) {
        return new SigningSecret(secret, SigningSecret.Kind.PASTED, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String v1(byte[] mac) {
        return "v1," + Base64.getEncoder().encodeToString(mac);
    }

    private static byte[] key() {
        return current(SECRET).key().orElseThrow();
    }

    @Test
    void a_call_as_it_was_sent_is_verified() {
        assertThat(right().causes()).containsExactly(Cause.MATCHES_SECRET);
        assertThat(right().report().verified()).isTrue();
        assertThat(right().report().difference()).isNull();
    }

    @Test
    void one_right_signature_among_others_is_enough() {
        var many = right().signature("v1,AAAA " + right().signature());
        assertThat(many.causes()).contains(Cause.MATCHES_SECRET, Cause.SIGNATURE_CUT);
        var rotated = right().signature(Signer.sign(List.of(OTHER, SECRET), ID, AT, bytes(BODY)));
        assertThat(rotated.report().verified()).isTrue();
    }

    @Test
    void a_body_that_was_changed_on_its_way_is_told_by_how() {
        assertThat(right().body(BODY + "\n").causes())
                .containsExactly(Cause.BODY_TRAILING_NEWLINE, Cause.MATCHES_SECRET);
        assertThat(right().body("\ufeff" + BODY).causes()).contains(Cause.BODY_BOM);
        assertThat(right().body("  " + BODY + " ").causes()).contains(Cause.BODY_SPACES);
        assertThat(right().body(BODY.getBytes(StandardCharsets.ISO_8859_1)).causes())
                .contains(Cause.BODY_LATIN1);
        byte[] twice = bytes(new String(bytes(BODY), StandardCharsets.ISO_8859_1));
        assertThat(right().body(twice).causes()).contains(Cause.BODY_DOUBLE_UTF8);
        assertThat(right().body(BODY.replace("a/b", "a/c")).causes())
                .contains(Cause.BODY_CHANGED, Cause.MATCHES_SECRET);
        assertThat(right().body("").causes()).contains(Cause.BODY_CHANGED);
        assertThat(right().body(BODY + "\n").report().verified()).isFalse();
    }

    @Test
    void line_ends_that_were_changed_are_told() {
        String lines = "{\n\"a\":1\n}";
        var call = right().signature(Signer.sign(List.of(SECRET), ID, AT, bytes(lines))).knowing();
        assertThat(call.body("{\r\n\"a\":1\r\n}").causes())
                .containsExactly(Cause.BODY_CRLF, Cause.MATCHES_SECRET);
    }

    @Test
    void json_that_was_written_anew_is_told_with_and_without_the_hubs_copy() {
        String spaced = BODY.replace("\":", "\": ").replace(",\"", ", \"");
        assertThat(right().body(spaced).causes()).contains(Cause.BODY_RESERIALISED);
        assertThat(right().body(spaced).knowing().causes()).contains(Cause.BODY_RESERIALISED);
        // PHP's json_encode.
        String escaped = BODY.replace("/", "\\/").replace("ë", "\\u00eb");
        assertThat(right().body(escaped).knowing().causes()).contains(Cause.BODY_RESERIALISED);
        // JavaScript's JSON.stringify, and keys in another order: only the copy tells.
        String shorter = BODY.replace("99.90", "99.9");
        assertThat(right().body(shorter).causes()).contains(Cause.BODY_RESERIALISED);
        assertThat(right().body(shorter).knowing().causes()).contains(Cause.NO_MATCH);
        String turned =
                "{\"total\":99.90,\"event_type\":\"order.created\",\"buyer\":\"Zoë\",\"url\":\"https://a/b\"}";
        assertThat(right().body(turned).causes()).contains(Cause.BODY_RESERIALISED);
    }

    @Test
    void the_first_byte_that_differs_is_named_with_what_stands_around_it() {
        var difference = right().body(BODY.replace("Zoë", "Zoe")).report().difference();
        assertThat(difference).isNotNull();
        assertThat(difference.offset()).isEqualTo(BODY.indexOf("ë"));
        assertThat(difference.sentByte()).isEqualTo("C3");
        assertThat(difference.cameByte()).isEqualTo("65");
        assertThat(difference.sent()).contains("\"buyer\":\"Zoë");
        assertThat(difference.came()).contains("\"buyer\":\"Zoe");
        var longer = right().body(BODY + "\r\n").report().difference();
        assertThat(longer.sentByte()).isEmpty();
        assertThat(longer.cameByte()).isEqualTo("0D");
        assertThat(longer.came()).endsWith("␍␊");
        assertThat(longer.cameLength()).isEqualTo(longer.sentLength() + 2);
    }

    @Test
    void a_secret_used_with_its_prefix_or_undecoded_is_told() {
        String signed = ID + "." + TIMESTAMP + "." + BODY;
        assertThat(right().signature(v1(mac(bytes(SECRET), signed))).causes())
                .containsExactly(Cause.SECRET_WITH_PREFIX, Cause.MATCHES_SECRET);
        String text = SECRET.substring("whsec_".length());
        assertThat(right().signature(v1(mac(bytes(text), signed))).causes())
                .containsExactly(Cause.SECRET_NOT_DECODED, Cause.MATCHES_SECRET);
    }

    @Test
    void a_secret_of_another_endpoint_or_none_at_all_is_told() {
        assertThat(right().trying(current(SECRET), pasted(OTHER)).causes())
                .containsExactly(Cause.SECRET_OF_ANOTHER, Cause.MATCHES_SECRET);
        assertThat(right().trying(current(SECRET), pasted(SECRET)).causes())
                .containsExactly(Cause.MATCHES_SECRET);
        assertThat(right().trying(pasted(SECRET)).causes()).containsExactly(Cause.MATCHES_PASTED);
        assertThat(right().trying(pasted(OTHER)).causes())
                .containsExactly(Cause.NO_MATCH, Cause.BODY_AS_SENT);
        assertThat(right().trying(pasted("whsec_é")).causes()).contains(Cause.SECRET_NOT_BASE64);
        assertThat(right().trying(pasted("whpk_AAAA")).causes())
                .contains(Cause.SECRET_IS_PUBLIC_KEY);
        assertThat(right().trying().causes()).containsExactly(Cause.SECRET_MISSING);
    }

    @Test
    void a_secret_that_was_replaced_is_told_with_the_date_of_its_end() {
        var until = AT.minusSeconds(3_600);
        var ended = new SigningSecret(SECRET, SigningSecret.Kind.ENDED, until);
        var call = right().trying(current(OTHER), ended);
        assertThat(call.causes()).containsExactly(Cause.SECRET_ENDED);
        assertThat(call.values(Cause.SECRET_ENDED)).containsExactly(until.toString());
        assertThat(right().trying(current(OTHER), ended, pasted(SECRET)).causes())
                .contains(Cause.SECRET_ENDED);
        var old = new SigningSecret(SECRET, SigningSecret.Kind.OLD, AT.plusSeconds(3_600));
        assertThat(right().trying(current(OTHER), old).causes())
                .containsExactly(Cause.MATCHES_OLD_SECRET);
        assertThat(right().trying(current(OTHER), old).report().verified()).isTrue();
    }

    @Test
    void the_signature_of_another_id_or_attempt_is_told() {
        var other = new Message("msg_other", bytes(BODY), List.of(AT.getEpochSecond()));
        var ofOther =
                right().signature(Signer.sign(List.of(SECRET), "msg_other", AT, bytes(BODY)))
                        .knowing(SENT, other);
        assertThat(ofOther.causes()).containsExactly(Cause.ID_OF_ANOTHER, Cause.MATCHES_SECRET);
        assertThat(ofOther.values(Cause.ID_OF_ANOTHER)).containsExactly("msg_other");
        assertThat(right().id(ID + " ").causes()).contains(Cause.ID_WITH_SPACES);
        assertThat(right().id("msg_unknown").knowing().causes())
                .containsExactly(Cause.NO_MATCH, Cause.ID_UNKNOWN);
        assertThat(right().id("").knowing().causes()).contains(Cause.ID_MISSING);
        long second = AT.getEpochSecond() + 5;
        var twice = new Message(ID, bytes(BODY), List.of(AT.getEpochSecond(), second));
        assertThat(right().timestamp(Long.toString(second)).knowing(twice).causes())
                .containsExactly(Cause.TIMESTAMP_OF_ANOTHER_ATTEMPT, Cause.MATCHES_SECRET);
    }

    @Test
    void two_mistakes_at_once_are_both_told() {
        String signed = ID + "." + TIMESTAMP + "." + BODY;
        assertThat(right().signature(v1(mac(bytes(SECRET), signed))).body(BODY + "\n").causes())
                .containsExactly(
                        Cause.SECRET_WITH_PREFIX,
                        Cause.BODY_TRAILING_NEWLINE,
                        Cause.MATCHES_SECRET);
    }

    @Test
    void content_that_was_signed_without_id_or_timestamp_is_told() {
        assertThat(right().signature(v1(mac(key(), BODY))).causes())
                .contains(Cause.ONLY_BODY_SIGNED);
        assertThat(right().signature(v1(mac(key(), TIMESTAMP + "." + BODY))).causes())
                .contains(Cause.ID_NOT_SIGNED);
    }

    @Test
    void a_signature_header_that_is_none_is_told() {
        byte[] mac = mac(key(), ID + "." + TIMESTAMP + "." + BODY);
        String base64 = Base64.getEncoder().encodeToString(mac);
        assertThat(right().signature("").causes()).containsExactly(Cause.SIGNATURE_MISSING);
        assertThat(right().signature(base64).causes())
                .containsExactly(Cause.SIGNATURE_WITHOUT_VERSION, Cause.MATCHES_SECRET);
        assertThat(right().signature("v1," + HexFormat.of().formatHex(mac)).causes())
                .containsExactly(Cause.SIGNATURE_HEX, Cause.MATCHES_SECRET);
        assertThat(right().signature("v1," + base64.substring(0, 20)).causes())
                .containsExactly(Cause.SIGNATURE_CUT);
        assertThat(right().signature("v1,é").causes()).containsExactly(Cause.SIGNATURE_UNREADABLE);
        assertThat(right().signature("v1a," + base64).causes()).contains(Cause.V1_CALLED_V1A);
    }

    @Test
    void an_ed25519_signature_is_verified_and_told_from_a_v1() {
        var pair = SigningKeyPair.make();
        String v1a = Signer.sign(List.of(pair.secret()), ID, AT, bytes(BODY));
        var both = new SigningSecret(pair.secret(), SigningSecret.Kind.KEY_PAIR, null);
        assertThat(right().signature(v1a).trying(current(SECRET), both).causes())
                .containsExactly(Cause.ONLY_V1A, Cause.MATCHES_PUBLIC_KEY);
        assertThat(right().signature(v1a).causes()).containsExactly(Cause.ONLY_V1A);
        assertThat(right().signature(v1a.replace("v1a,", "v1,")).causes())
                .contains(Cause.V1A_CALLED_V1);
        assertThat(right().signature(right().signature() + " " + v1a).report().verified()).isTrue();
    }

    @Test
    void a_timestamp_that_no_receiver_takes_is_told_by_how_much() {
        var old = right().knowing().now(AT.plusSeconds(301));
        assertThat(old.causes()).contains(Cause.TIMESTAMP_OLD, Cause.MATCHES_SECRET);
        assertThat(old.values(Cause.TIMESTAMP_OLD)).containsExactly("301", AT.toString());
        assertThat(right().knowing().now(AT.plusSeconds(300)).report().verified()).isTrue();
        var ahead = right().knowing().now(AT.minusSeconds(400));
        assertThat(ahead.values(Cause.TIMESTAMP_AHEAD)).contains("400");
        assertThat(right().timestamp("").causes()).contains(Cause.TIMESTAMP_MISSING);
        assertThat(right().timestamp("2026-11-23").causes()).contains(Cause.TIMESTAMP_UNREADABLE);
        assertThat(right().timestamp(TIMESTAMP + "123").causes())
                .containsExactly(Cause.TIMESTAMP_MILLIS, Cause.MATCHES_SECRET);
    }

    @Test
    void a_call_of_former_days_is_no_fault_and_the_partners_clock_is_held_against_ours() {
        var later = right().now(AT.plusSeconds(86_400));
        assertThat(later.causes()).containsExactly(Cause.MATCHES_SECRET, Cause.TIMESTAMP_PAST);
        assertThat(later.report().verified()).isTrue();
        assertThat(later.receivedAt(AT.plusSeconds(3)).causes())
                .containsExactly(Cause.MATCHES_SECRET);
        assertThat(later.receivedAt(AT.plusSeconds(720)).values(Cause.CLOCK_AHEAD))
                .containsExactly("720");
        assertThat(later.receivedAt(AT.minusSeconds(45)).values(Cause.CLOCK_BEHIND))
                .containsExactly("45");
    }

    @Test
    void any_body_and_any_header_are_examined_without_an_error() {
        var odd = new ArrayList<byte[]>();
        odd.add(new byte[0]);
        odd.add(new byte[] {0, -1, -2, 10});
        odd.add(bytes("[".repeat(5_000)));
        odd.add(bytes("null"));
        for (byte[] each : odd) {
            assertThat(right().body(each).report().verified()).isFalse();
            assertThat(right().body(each).signature(",,, v1 v2,=").report().verified()).isFalse();
        }
    }
}
