package com.comptappart.webhook;

import com.comptappart.webhook.SignatureFinding.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** What a secret that somebody pasted is, held against those of the endpoint. */
final class PastedSecret {

    private PastedSecret() {}

    static List<SignatureFinding> of(List<SigningSecret> secrets) {
        return secrets.stream()
                .filter(each -> each.kind() == SigningSecret.Kind.PASTED)
                .flatMap(each -> of(each, secrets))
                .toList();
    }

    private static Stream<SignatureFinding> of(SigningSecret pasted, List<SigningSecret> secrets) {
        if (pasted.secret().startsWith("whpk_")
                || pasted.secret().startsWith(SigningKeyPair.SECRET_PREFIX)) {
            return Stream.of(SignatureFinding.of(Cause.SECRET_IS_PUBLIC_KEY));
        }
        if (pasted.key().isEmpty()) {
            return Stream.of(SignatureFinding.of(Cause.SECRET_NOT_BASE64));
        }
        var own =
                secrets.stream()
                        .filter(each -> each.kind() != SigningSecret.Kind.PASTED)
                        .filter(each -> each.kind() != SigningSecret.Kind.KEY_PAIR)
                        .toList();
        if (own.isEmpty()) {
            return Stream.of();
        }
        var same = own.stream().filter(each -> same(each, pasted)).findFirst();
        if (same.isEmpty()) {
            return Stream.of(SignatureFinding.of(Cause.SECRET_OF_ANOTHER));
        }
        return same.get().kind() == SigningSecret.Kind.ENDED
                ? Stream.of(SignatureFinding.of(Cause.SECRET_ENDED, same.get().end()))
                : Stream.of();
    }

    private static boolean same(SigningSecret one, SigningSecret other) {
        return MessageDigest.isEqual(
                one.undecoded().getBytes(StandardCharsets.UTF_8),
                other.undecoded().getBytes(StandardCharsets.UTF_8));
    }
}
