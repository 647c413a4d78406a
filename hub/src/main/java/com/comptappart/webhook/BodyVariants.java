package com.comptappart.webhook;

import com.comptappart.webhook.SignatureFinding.Cause;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a body may have been before a program on its way changed it. */
final class BodyVariants {

    /** A body, and what was done to it since. */
    record Variant(byte[] body, SignatureFinding finding) {}

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] came;
    private final List<Variant> variants = new ArrayList<>();

    private BodyVariants(byte[] came) {
        this.came = came;
    }

    /** The most particular first, each body once, the one that came not among them. */
    static List<Variant> of(byte[] came, Optional<byte[]> sent) {
        var all = new BodyVariants(came);
        all.add(all.withoutBom(), Cause.BODY_BOM);
        var text = decoded(came, StandardCharsets.UTF_8);
        if (text.isPresent()) {
            all.add(bytes(text.get().replaceFirst("[\\r\\n]+$", "")), Cause.BODY_TRAILING_NEWLINE);
            all.add(bytes(text.get().replace("\r\n", "\n")), Cause.BODY_CRLF);
            all.add(bytes(text.get().strip()), Cause.BODY_SPACES);
            encoded(text.get(), Charset.forName("windows-1252"))
                    .ifPresent(bytes -> all.add(bytes, Cause.BODY_DOUBLE_UTF8));
            compact(text.get()).ifPresent(json -> all.add(bytes(json), Cause.BODY_RESERIALISED));
        } else {
            all.add(bytes(new String(came, StandardCharsets.ISO_8859_1)), Cause.BODY_LATIN1);
        }
        sent.ifPresent(bytes ->
                all.add(
                        bytes,
                        sameJson(bytes, came) ? Cause.BODY_RESERIALISED : Cause.BODY_CHANGED));
        return all.variants;
    }

    private void add(byte[] body, Cause cause) {
        boolean known =
                Arrays.equals(body, came)
                        || variants.stream().anyMatch(each -> Arrays.equals(each.body(), body));
        if (!known) {
            variants.add(new Variant(body, SignatureFinding.of(cause)));
        }
    }

    private byte[] withoutBom() {
        return came.length >= BOM.length && Arrays.equals(Arrays.copyOf(came, BOM.length), BOM)
                ? Arrays.copyOfRange(came, BOM.length, came.length)
                : came;
    }

    /** Whether both say the same, whatever the order and the way of writing. */
    static boolean sameJson(byte[] one, byte[] other) {
        try {
            return JSON.readTree(one).equals(BodyVariants::compared, JSON.readTree(other));
        } catch (JacksonException e) {
            return false;
        }
    }

    private static int compared(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static Optional<String> compact(String text) {
        try {
            return Optional.of(JSON.writeValueAsString(JSON.readTree(text)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> encoded(String text, Charset charset) {
        try {
            var buffer = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return Optional.of(bytes);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
