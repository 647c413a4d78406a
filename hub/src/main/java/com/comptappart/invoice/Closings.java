package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The closings as they were signed, for who checks them elsewhere. */
@Component
public class Closings {

    private static final int PAGE = 100;

    private final ClosingRows rows;
    private final LedgerKeys keys;

    Closings(ClosingRows rows, LedgerKeys keys) {
        this.rows = rows;
        this.keys = keys;
    }

    /**
     * One closing.
     *
     * @param content the canonical JSON that the hash is over
     * @param previous and {@code hash} SHA-256 in hexadecimal
     * @param signature Ed25519 over {@code comptappart/closing/} and the hash, base64
     * @param publicKey X.509, base64
     */
    public record Sealed(
            String seller,
            String environment,
            long sequence,
            String period,
            LocalDate firstDay,
            LocalDate lastDay,
            String content,
            String previous,
            String hash,
            String keyId,
            String signature,
            String publicKey) {}

    /** Those that end in some days, in the order of their chain, a page in memory at a time. */
    public void forEach(
            String sellerId,
            Environment environment,
            LocalDate from,
            LocalDate to,
            Consumer<Sealed> consumer) {
        var books = new ClosingRows.Books(sellerId, environment);
        long after = 0;
        while (true) {
            var page = rows.page(books, after, PAGE);
            for (Closing.Signed signed : page) {
                var lastDay = signed.closing().lastDay();
                if (!lastDay.isBefore(from) && !lastDay.isAfter(to)) {
                    consumer.accept(sealed(signed));
                }
                after = signed.closing().sequence();
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    private Sealed sealed(Closing.Signed signed) {
        var closing = signed.closing();
        var base64 = Base64.getEncoder();
        return new Sealed(
                closing.sellerId(),
                closing.environment().code(),
                closing.sequence(),
                closing.period().code(),
                closing.firstDay(),
                closing.lastDay(),
                closing.content(),
                HexFormat.of().formatHex(closing.previousHash()),
                HexFormat.of().formatHex(signed.hash()),
                signed.keyId(),
                base64.encodeToString(signed.signature()),
                base64.encodeToString(keys.publicKey(signed.keyId())));
    }
}
