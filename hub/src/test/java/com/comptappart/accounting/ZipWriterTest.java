package com.comptappart.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that the JDK reads from either end. */
class ZipWriterTest {

    @TempDir private Path directory;

    @Test
    void more_files_than_sixteen_bits_count_are_all_there() throws IOException {
        int files = 70_000;
        Path archive = directory.resolve("many.zip");
        try (var zip = new ZipWriter(Files.newOutputStream(archive))) {
            for (int i = 0; i < files; i++) {
                String text = "n° " + i;
                zip.file("dossier/é" + i, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            }
            zip.finish();
        }
        try (var read = new ZipFile(archive.toFile())) {
            assertThat(read.size()).isEqualTo(files);
            for (int i : new int[] {0, 65_535, 65_536, files - 1}) {
                var entry = read.getEntry("dossier/é" + i);
                assertThat(read.getInputStream(entry).readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("n° " + i);
            }
        }
        int streamed = 0;
        try (var read = new ZipInputStream(Files.newInputStream(archive))) {
            while (read.getNextEntry() != null) {
                streamed++;
            }
        }
        assertThat(streamed).isEqualTo(files);
    }

    @Test
    void a_file_larger_than_four_gigabytes_and_what_comes_behind_it() throws IOException {
        long large = (4L << 30) + 5;
        Path archive = directory.resolve("large.zip");
        try (var zip = new ZipWriter(Files.newOutputStream(archive))) {
            zip.file("large", out -> zeros(large, out));
            zip.file("small", out -> out.write(7));
            zip.finish();
        }
        try (var read = new ZipFile(archive.toFile())) {
            assertThat(read.getEntry("large").getSize()).isEqualTo(large);
            assertThat(read.getInputStream(read.getEntry("small")).readAllBytes())
                    .containsExactly(7);
        }
    }

    @Test
    void nothing_stays_on_disk_when_a_reader_breaks_off() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = leftBehind(temporary);
        var broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("gone");
                    }
                };
        try (var zip = new Zip(broken)) {
            zip.text("a", "b");
        } catch (IOException e) {
            assertThat(e).hasMessage("gone");
        }
        assertThat(leftBehind(temporary)).isEqualTo(before);
    }

    private static long leftBehind(Path temporary) throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(file ->
                            file.getFileName().toString().matches("comptappart-(zip|manifest).*"))
                    .count();
        }
    }

    private static void zeros(long count, OutputStream out) throws IOException {
        byte[] some = new byte[1 << 20];
        for (long left = count; left > 0; left -= some.length) {
            out.write(some, 0, (int) Math.min(left, some.length));
        }
    }
}
