package com.comptappart.accounting;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A ZIP (PKWARE APPNOTE 6.3) of any number of files, without a time of theirs. The JDK's own keeps
 * each file's name in memory to the end; here the directory grows on disk.
 */
final class ZipWriter implements AutoCloseable {

    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END = 0x06054b50;

    /** Sizes behind the data (bit 3), names in UTF-8 (bit 11). */
    private static final short FLAGS = 0x0808;

    private static final short DEFLATED = 8;
    private static final short VERSION = 20;
    private static final short VERSION_64 = 45;

    /** 1 January 1980, as DOS counts: the first day that there is. */
    private static final int NO_TIME = 0x0021_0000;

    private static final long MOST = 0xFFFF_FFFFL;
    private static final int MOST_FILES = 0xFFFF;

    private final Counted out;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Path directoryFile;
    private final Counted directory;
    private long files;

    ZipWriter(OutputStream out) throws IOException {
        this.out = new Counted(out);
        directoryFile = Files.createTempFile("comptappart-zip", ".dir");
        directory = new Counted(new BufferedOutputStream(Files.newOutputStream(directoryFile)));
    }

    /** Writes one file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Counts what goes through, and lets nobody close what is behind. */
    private static final class Counted extends OutputStream {

        private final OutputStream out;
        private long bytes;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            out.write(some, from, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }

    private record Entry(byte[] name, long offset, long crc, long packed, long size) {}

    void file(String name, Content content) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        long offset = out.bytes;
        out.write(
                little(30)
                        .putInt(LOCAL)
                        .putShort(VERSION)
                        .putShort(FLAGS)
                        .putShort(DEFLATED)
                        .putInt(NO_TIME)
                        .putInt(0)
                        .putInt(0)
                        .putInt(0)
                        .putShort((short) bytes.length)
                        .putShort((short) 0)
                        .array());
        out.write(bytes);
        long start = out.bytes;
        deflater.reset();
        var packed = new DeflaterOutputStream(out, deflater, 8_192);
        var checked = new CheckedOutputStream(packed, new CRC32());
        content.writeTo(checked);
        packed.finish();
        var entry =
                new Entry(
                        bytes,
                        offset,
                        checked.getChecksum().getValue(),
                        out.bytes - start,
                        deflater.getBytesRead());
        describe(entry);
        list(entry);
        files++;
    }

    private void describe(Entry entry) throws IOException {
        boolean isLarge = entry.packed() > MOST || entry.size() > MOST;
        out.write(little(8).putInt(DESCRIPTOR).putInt((int) entry.crc()).array());
        out.write(
                isLarge
                        ? little(16).putLong(entry.packed()).putLong(entry.size()).array()
                        : little(8)
                                .putInt((int) entry.packed())
                                .putInt((int) entry.size())
                                .array());
    }

    private void list(Entry entry) throws IOException {
        boolean isFar = entry.packed() > MOST || entry.size() > MOST || entry.offset() > MOST;
        short version = isFar ? VERSION_64 : VERSION;
        directory.write(
                little(46)
                        .putInt(CENTRAL)
                        .putShort(version)
                        .putShort(version)
                        .putShort(FLAGS)
                        .putShort(DEFLATED)
                        .putInt(NO_TIME)
                        .putInt((int) entry.crc())
                        .putInt(isFar ? -1 : (int) entry.packed())
                        .putInt(isFar ? -1 : (int) entry.size())
                        .putShort((short) entry.name().length)
                        .putShort((short) (isFar ? 28 : 0))
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putInt(0)
                        .putInt(isFar ? -1 : (int) entry.offset())
                        .array());
        directory.write(entry.name());
        if (isFar) {
            directory.write(
                    little(28)
                            .putShort((short) 1)
                            .putShort((short) 24)
                            .putLong(entry.size())
                            .putLong(entry.packed())
                            .putLong(entry.offset())
                            .array());
        }
    }

    /** Adds the directory; nothing comes after it. */
    void finish() throws IOException {
        directory.out.close();
        long start = out.bytes;
        Files.copy(directoryFile, out);
        long end = out.bytes;
        boolean isFar = files >= MOST_FILES || start >= MOST || end - start >= MOST;
        if (isFar) {
            out.write(
                    little(76)
                            .putInt(END_64)
                            .putLong(44)
                            .putShort(VERSION_64)
                            .putShort(VERSION_64)
                            .putInt(0)
                            .putInt(0)
                            .putLong(files)
                            .putLong(files)
                            .putLong(end - start)
                            .putLong(start)
                            .putInt(LOCATOR_64)
                            .putInt(0)
                            .putLong(end)
                            .putInt(1)
                            .array());
        }
        short count = isFar ? -1 : (short) files;
        out.write(
                little(22)
                        .putInt(END)
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putShort(count)
                        .putShort(count)
                        .putInt(isFar ? -1 : (int) (end - start))
                        .putInt(isFar ? -1 : (int) start)
                        .putShort((short) 0)
                        .array());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        directory.out.close();
        Files.deleteIfExists(directoryFile);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
