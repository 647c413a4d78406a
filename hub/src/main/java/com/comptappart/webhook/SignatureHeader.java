package com.comptappart.webhook;

import com.comptappart.webhook.SignatureFinding.Cause;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A {@code webhook-signature} header taken apart, with what is odd about it.
 *
 * @param macs what may be a {@code v1}
 * @param signatures what may be a {@code v1a}
 */
record SignatureHeader(
        List<byte[]> macs, List<byte[]> signatures, List<SignatureFinding> findings) {

    private static final int MAC_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    static SignatureHeader of(String text) {
        var read = new SignatureHeader(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (text.isBlank()) {
            read.found(Cause.SIGNATURE_MISSING);
            return read;
        }
        for (String each : text.strip().split("\\s+")) {
            read.add(each);
        }
        if (read.macs.isEmpty() && !read.signatures.isEmpty() && read.findings.isEmpty()) {
            read.found(Cause.ONLY_V1A);
        }
        return read;
    }

    private void add(String token) {
        int comma = token.indexOf(',');
        String version = comma < 0 ? "" : token.substring(0, comma);
        String value = token.substring(comma + 1);
        if (comma < 0) {
            found(Cause.SIGNATURE_WITHOUT_VERSION);
        }
        var bytes = bytes(value);
        if (bytes.isEmpty()) {
            found(Cause.SIGNATURE_UNREADABLE, token);
            return;
        }
        switch (bytes.get().length) {
            case MAC_BYTES -> {
                if (version.equals(SignatureSchemes.ASYMMETRIC)) {
                    found(Cause.V1_CALLED_V1A);
                }
                macs.add(bytes.get());
            }
            case SIGNATURE_BYTES -> {
                if (version.equals(SignatureSchemes.SYMMETRIC)) {
                    found(Cause.V1A_CALLED_V1);
                }
                signatures.add(bytes.get());
            }
            default -> found(Cause.SIGNATURE_CUT, bytes.get().length);
        }
    }

    private Optional<byte[]> bytes(String value) {
        if (value.matches("[0-9a-fA-F]{64}")) {
            found(Cause.SIGNATURE_HEX);
            return Optional.of(HexFormat.of().parseHex(value));
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(value.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void found(Cause cause, Object... values) {
        var finding = SignatureFinding.of(cause, values);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
