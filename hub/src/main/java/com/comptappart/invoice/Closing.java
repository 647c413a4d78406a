package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The closing of a day, a month or a fiscal year: what the period adds up to, what everything since
 * the beginning adds up to, and where each series stood (BOI-TVA-DECLA-30-10-30, § 170: cumul du
 * grand total de la période, total perpétuel). Chained to the closing before it, and signed.
 *
 * @param sequence 1 is the seller's first closing
 * @param content canonical JSON of {@link Content}
 */
record Closing(
        String sellerId,
        Environment environment,
        long sequence,
        ClosingPeriod period,
        LocalDate firstDay,
        LocalDate lastDay,
        String content,
        byte[] previousHash) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where a series stood at the end of the period. */
    record Stand(String kind, int year, long lastNumber, String lastHash) {}

    /**
     * @param totals of the period
     * @param perpetual since the first document
     * @param closedAt ISO 8601, UTC
     */
    record Content(
            List<Stand> series,
            List<PeriodTotals.OfCurrency> totals,
            List<PeriodTotals.OfCurrency> perpetual,
            String software,
            String closedAt) {

        String json() {
            return JSON.writeValueAsString(this);
        }
    }

    Content said() {
        return JSON.readValue(content, Content.class);
    }

    byte[] hash() {
        return Hashes.sha256(
                String.join(
                        "|",
                        "v1",
                        sellerId,
                        environment.code(),
                        Long.toString(sequence),
                        period.code(),
                        firstDay.toString(),
                        lastDay.toString(),
                        content,
                        HexFormat.of().formatHex(previousHash)));
    }

    /** A closing with its signature. */
    record Signed(Closing closing, byte[] hash, String keyId, byte[] signature) {}

    /** What is signed (Ed25519): the hash, named so that no other signature can be taken for it. */
    static byte[] signed(byte[] hash) {
        return ("comptappart/closing/" + HexFormat.of().formatHex(hash))
                .getBytes(StandardCharsets.US_ASCII);
    }

    static String at(Instant instant) {
        return instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }
}
