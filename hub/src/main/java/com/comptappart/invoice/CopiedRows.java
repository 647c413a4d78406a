package com.comptappart.invoice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGConnection;

/** Rows in the binary format of PostgreSQL's COPY, the cheapest way of many bytes into a table. */
final class CopiedRows {

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final Instant FIRST_MOMENT = FIRST_DAY.atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final int CHUNK = 1 << 16;

    private final Bytes bytes;

    /**
     * @param expectedBytes how many they will be, about: more is no mistake
     */
    CopiedRows(int expectedBytes) {
        bytes = new Bytes(expectedBytes);
        bytes.add(SIGNATURE).bigEndian(0, Integer.BYTES).bigEndian(0, Integer.BYTES);
    }

    /** Begins a row; its columns follow, in the statement's order and of exactly its types. */
    CopiedRows row(int columns) {
        bytes.bigEndian(columns, Short.BYTES);
        return this;
    }

    CopiedRows text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A bytea. */
    CopiedRows bytes(byte[] value) {
        bytes.bigEndian(value.length, Integer.BYTES).add(value);
        return this;
    }

    CopiedRows integer(int value) {
        return number(value, Integer.BYTES);
    }

    CopiedRows bigint(long value) {
        return number(value, Long.BYTES);
    }

    CopiedRows date(LocalDate value) {
        return integer((int) ChronoUnit.DAYS.between(FIRST_DAY, value));
    }

    /** A timestamptz, which has microseconds. */
    CopiedRows timestamp(Instant value) {
        return bigint(ChronoUnit.MICROS.between(FIRST_MOMENT, value));
    }

    private CopiedRows number(long value, int size) {
        bytes.bigEndian(size, Integer.BYTES).bigEndian(value, size);
        return this;
    }

    /**
     * Ends them and sends them.
     *
     * @param sql a {@code copy … from stdin with (format binary)}
     */
    void send(Connection connection, String sql) throws SQLException {
        bytes.bigEndian(-1, Short.BYTES);
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new ByteArrayInputStream(bytes.raw(), 0, bytes.size()), CHUNK);
        } catch (IOException e) {
            throw new UncheckedIOException("the rows could not be sent", e);
        }
    }
}
