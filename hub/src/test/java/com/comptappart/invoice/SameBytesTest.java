package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SameBytesTest {

    private static final List<String> LOCALES =
            List.of(
                    "fr-FR",
                    "en-US",
                    "ar-EG-u-nu-arab",
                    "tr-TR",
                    "th-TH-u-ca-buddhist-nu-thai",
                    "hi-IN-u-nu-deva");
    private static final List<String> ZONES =
            List.of("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris");

    private static final String MADE = "made ";

    /** What a JVM of its own makes: a name and a hash a line, among what libraries log. */
    static void main() {
        hashes().forEach((name, hash) -> System.out.println(MADE + name + " " + hash));
    }

    private static Map<String, String> hashes() {
        var renderer = new RendererForTests();
        Map<String, String> hashes = new TreeMap<>();
        DocumentsForTests.ofEveryRung()
                .forEach((name, document) ->
                        hashes.put(
                                name,
                                HexFormat.of().formatHex(Hashes.sha256(renderer.pdf(document)))));
        return hashes;
    }

    @Test
    void a_record_gives_the_same_bytes_in_every_jvm_locale_and_time_zone() throws Exception {
        var expected =
                hashes().entrySet().stream()
                        .map(each -> MADE + each.getKey() + " " + each.getValue())
                        .toList();
        for (int i = 0; i < LOCALES.size(); i += 2) {
            // Two at a time, for two cores; each zone is met, each locale too.
            var first = start(LOCALES.get(i), ZONES.get(i % ZONES.size()));
            var second = start(LOCALES.get(i + 1), ZONES.get((i + 1) % ZONES.size()));
            assertThat(lines(first)).as(LOCALES.get(i)).isEqualTo(expected);
            assertThat(lines(second)).as(LOCALES.get(i + 1)).isEqualTo(expected);
        }
    }

    private static Process start(String locale, String zone) throws Exception {
        var tag = java.util.Locale.forLanguageTag(locale);
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-Duser.language=" + tag.getLanguage());
        command.add("-Duser.country=" + tag.getCountry());
        String extension = tag.getExtension('u');
        command.add("-Duser.extensions=" + (extension == null ? "" : "u-" + extension));
        command.add("-Duser.timezone=" + zone);
        command.add("-Dfile.encoding=" + (zone.equals("UTC") ? "US-ASCII" : "UTF-8"));
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(SameBytesTest.class.getName());
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static List<String> lines(Process process) throws Exception {
        try (var out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return text.lines().filter(line -> line.startsWith(MADE)).toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
