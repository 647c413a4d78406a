package com.comptappart.accounting;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP that ends with a manifest of its files, as {@code sha256sum -c} reads it. The manifest
 * grows on disk, not in memory.
 */
final class Zip implements AutoCloseable {

    private final ZipOutputStream zip;
    private final Path manifestFile;
    private final OutputStream manifest;

    Zip(OutputStream out) throws IOException {
        zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.BEST_SPEED);
        manifestFile = Files.createTempFile("comptappart-manifest", ".txt");
        manifest = new BufferedOutputStream(Files.newOutputStream(manifestFile));
    }

    /** Writes one file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    void file(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var hashed = new DigestOutputStream(zip, sha256());
        content.writeTo(hashed);
        zip.closeEntry();
        String hex = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        manifest.write((hex + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void text(String name, String text) throws IOException {
        file(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds the manifest; nothing comes after it. */
    void finish() throws IOException {
        manifest.close();
        zip.putNextEntry(new ZipEntry("MANIFEST"));
        Files.copy(manifestFile, zip);
        zip.closeEntry();
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        manifest.close();
        Files.deleteIfExists(manifestFile);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
