package com.comptappart.webhook;

import com.comptappart.webhook.SignatureFinding.Cause;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds what made the signature of a call: first with all as it came, then with one thing other
 * than it came, then with two. The nearest explanation is the one that is told.
 */
final class SignatureExamination {

    private static final int MOST_DEVIATIONS = 2;

    /** Something that may have been signed or signed with; null where it is as it came. */
    private record Option<T>(T value, @Nullable SignatureFinding deviation) {
        int cost() {
            return deviation == null ? 0 : 1;
        }
    }

    /** What stands before the body. */
    private record Head(byte[] bytes, List<SignatureFinding> deviations) {}

    private record Key(byte[] bytes, SigningSecret secret) {}

    private final SignatureEvidence evidence;
    private final SignatureHeader header;
    private final List<Head> heads;
    private final List<Option<byte[]>> bodies;
    private final List<Option<Key>> keys;

    private SignatureExamination(SignatureEvidence evidence) {
        this.evidence = evidence;
        header = SignatureHeader.of(evidence.call().signature());
        heads = heads(evidence);
        bodies = bodies(evidence);
        keys = keys(evidence);
    }

    static SignatureReport of(SignatureEvidence evidence) {
        var examination = new SignatureExamination(evidence);
        var findings = new ArrayList<SignatureFinding>();
        if (evidence.call().id().isBlank()) {
            findings.add(SignatureFinding.of(Cause.ID_MISSING));
        }
        findings.addAll(examination.header.findings());
        findings.addAll(PastedSecret.of(evidence.secrets()));
        findings.addAll(examination.explained());
        findings.addAll(SignatureClock.of(evidence));
        var distinct = findings.stream().distinct().toList();
        return new SignatureReport(distinct, difference(evidence));
    }

    private static @Nullable ByteDifference difference(SignatureEvidence evidence) {
        return evidence.named()
                .flatMap(sent -> ByteDifference.between(sent.body(), evidence.call().body()))
                .orElse(null);
    }

    private List<SignatureFinding> explained() {
        if (keys.isEmpty() && !evidence.secrets().stream().anyMatch(each -> isKeyPair(each))) {
            return List.of(SignatureFinding.of(Cause.SECRET_MISSING));
        }
        var asymmetric = asymmetric();
        if (asymmetric.isPresent()) {
            return asymmetric.get();
        }
        if (header.macs().isEmpty()) {
            return List.of();
        }
        for (int most = 0; most <= MOST_DEVIATIONS; most++) {
            var found = symmetric(most);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return unexplained();
    }

    /** With exactly that many things other than they came. */
    private Optional<List<SignatureFinding>> symmetric(int deviations) {
        for (var key : keys) {
            var mac = mac(key.value().bytes());
            for (var head : heads) {
                for (var body : bodies) {
                    int cost = key.cost() + head.deviations().size() + body.cost();
                    if (cost == deviations && made(mac, head.bytes(), body.value())) {
                        return Optional.of(findings(key, head, body));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean made(Mac mac, byte[] head, byte[] body) {
        mac.update(head);
        byte[] made = mac.doFinal(body);
        return header.macs().stream().anyMatch(each -> MessageDigest.isEqual(each, made));
    }

    private static List<SignatureFinding> findings(
            Option<Key> key, Head head, Option<byte[]> body) {
        var findings = new ArrayList<SignatureFinding>();
        Stream.of(key.deviation(), body.deviation())
                .flatMap(Stream::ofNullable)
                .forEach(findings::add);
        findings.addAll(head.deviations());
        findings.add(matched(key.value().secret()));
        return findings;
    }

    private static SignatureFinding matched(SigningSecret secret) {
        return switch (secret.kind()) {
            case CURRENT -> SignatureFinding.of(Cause.MATCHES_SECRET);
            case OLD -> SignatureFinding.of(Cause.MATCHES_OLD_SECRET, secret.end());
            case ENDED -> SignatureFinding.of(Cause.SECRET_ENDED, secret.end());
            case PASTED -> SignatureFinding.of(Cause.MATCHES_PASTED);
            case KEY_PAIR -> SignatureFinding.of(Cause.MATCHES_PUBLIC_KEY);
        };
    }

    /** Ed25519 makes the same signature of the same bytes each time. */
    private Optional<List<SignatureFinding>> asymmetric() {
        for (var secret : evidence.secrets()) {
            for (var body : isKeyPair(secret) ? bodies : List.<Option<byte[]>>of()) {
                byte[] made =
                        SigningKeyPair.sign(
                                secret.secret(), heads.getFirst().bytes(), body.value());
                if (header.signatures().stream()
                        .anyMatch(each -> MessageDigest.isEqual(each, made))) {
                    var findings = new ArrayList<>(Stream.ofNullable(body.deviation()).toList());
                    findings.add(matched(secret));
                    return Optional.of(findings);
                }
            }
        }
        return Optional.empty();
    }

    private List<SignatureFinding> unexplained() {
        var findings = new ArrayList<SignatureFinding>();
        findings.add(SignatureFinding.of(Cause.NO_MATCH));
        var sent = evidence.named();
        if (sent.isEmpty()) {
            findings.add(SignatureFinding.of(Cause.ID_UNKNOWN, evidence.call().id().strip()));
            return findings;
        }
        byte[] came = evidence.call().body();
        if (came.length == 0) {
            findings.add(SignatureFinding.of(Cause.BODY_EMPTY));
        } else if (ByteDifference.between(sent.get().body(), came).isEmpty()) {
            findings.add(SignatureFinding.of(Cause.BODY_AS_SENT));
        } else {
            BodyVariants.of(came, Optional.of(sent.get().body())).stream()
                    .filter(each ->
                            ByteDifference.between(sent.get().body(), each.body()).isEmpty())
                    .map(BodyVariants.Variant::finding)
                    .forEach(findings::add);
        }
        return findings;
    }

    private static List<Head> heads(SignatureEvidence evidence) {
        var call = evidence.call();
        var heads = new ArrayList<Head>();
        heads.add(head(call.id(), call.timestamp()));
        if (!call.id().equals(call.id().strip())) {
            var spaces = SignatureFinding.of(Cause.ID_WITH_SPACES);
            heads.add(head(call.id().strip(), call.timestamp(), spaces));
        }
        SignatureClock.seconds(call.timestamp())
                .ifPresent(seconds -> {
                    var millis = SignatureFinding.of(Cause.TIMESTAMP_MILLIS, seconds);
                    if (SignatureClock.isMillis(call.timestamp())) {
                        heads.add(head(call.id(), Long.toString(seconds), millis));
                    }
                });
        for (var message : evidence.messages()) {
            addOf(heads, call, message);
        }
        heads.add(
                new Head(
                        bytes(call.timestamp() + "."),
                        List.of(SignatureFinding.of(Cause.ID_NOT_SIGNED))));
        heads.add(new Head(new byte[0], List.of(SignatureFinding.of(Cause.ONLY_BODY_SIGNED))));
        return heads;
    }

    private static void addOf(
            List<Head> heads, SignedCall call, SignatureEvidence.Message message) {
        boolean same = message.id().equals(call.id());
        var other = SignatureFinding.of(Cause.ID_OF_ANOTHER, message.id());
        if (!same) {
            heads.add(head(message.id(), call.timestamp(), other));
        }
        for (long each : message.timestamps()) {
            var attempt = SignatureFinding.of(Cause.TIMESTAMP_OF_ANOTHER_ATTEMPT, each);
            String at = Long.toString(each);
            heads.add(
                    same
                            ? head(message.id(), at, attempt)
                            : head(message.id(), at, other, attempt));
        }
    }

    private static Head head(String id, String timestamp, SignatureFinding... deviations) {
        return new Head(bytes(id + "." + timestamp + "."), List.of(deviations));
    }

    private static List<Option<byte[]>> bodies(SignatureEvidence evidence) {
        var bodies = new ArrayList<Option<byte[]>>();
        byte[] came = evidence.call().body();
        bodies.add(new Option<>(came, null));
        BodyVariants.of(came, evidence.named().map(SignatureEvidence.Message::body))
                .forEach(each -> bodies.add(new Option<>(each.body(), each.finding())));
        return bodies;
    }

    private static List<Option<Key>> keys(SignatureEvidence evidence) {
        var keys = new ArrayList<Option<Key>>();
        for (var secret : evidence.secrets()) {
            if (isKeyPair(secret) || secret.secret().isBlank()) {
                continue;
            }
            secret.key().ifPresent(key -> keys.add(new Option<>(new Key(key, secret), null)));
            keys.add(
                    new Option<>(
                            new Key(bytes(Signer.PREFIX + secret.undecoded()), secret),
                            SignatureFinding.of(Cause.SECRET_WITH_PREFIX)));
            keys.add(
                    new Option<>(
                            new Key(bytes(secret.undecoded()), secret),
                            SignatureFinding.of(Cause.SECRET_NOT_DECODED)));
        }
        return keys;
    }

    private static boolean isKeyPair(SigningSecret secret) {
        return secret.kind() == SigningSecret.Kind.KEY_PAIR;
    }

    private static Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
