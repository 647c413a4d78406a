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

/**
 * A ZIP that ends with a manifest of its files, as {@code sha256sum -c} reads it. The manifest
 * grows on disk, not in memory.
 */
final class Zip implements AutoCloseable {

    private final ZipWriter zip;
    private final Path manifestFile;
    private final OutputStream manifest;

    Zip(OutputStream out) throws IOException {
        zip = new ZipWriter(out);
        manifestFile = Files.createTempFile("comptappart-manifest", ".txt");
        manifest = new BufferedOutputStream(Files.newOutputStream(manifestFile));
    }

    void file(String name, ZipWriter.Content content) throws IOException {
        var sha256 = sha256();
        zip.file(name, file -> content.writeTo(new DigestOutputStream(file, sha256)));
        String hex = HexFormat.of().formatHex(sha256.digest());
        manifest.write((hex + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void text(String name, String text) throws IOException {
        file(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds the manifest; nothing comes after it. */
    void finish() throws IOException {
        manifest.close();
        zip.file("MANIFEST", file -> Files.copy(manifestFile, file));
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            manifest.close();
            Files.deleteIfExists(manifestFile);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
