package com.comptappart.bench;

import com.comptappart.invoice.FilledLedger;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./comptappart bench --exports}: downloads every export of a year of many documents from a
 * hub with a small heap, and says what each took.
 */
public final class ExportsBench {

    private static final int YEAR = 2025;
    private static final String HEAP = "192m";
    private static final List<String> EXPORTS =
            List.of(
                    "fec?year=2025&detail=document",
                    "fec?year=2025&detail=day",
                    "vat?from=2025-01-01&to=2025-12-31&format=csv",
                    "e-reporting?from=2025-01-01&to=2025-12-31&format=json",
                    "invoices.csv?from=2025-01-01&to=2025-12-31",
                    "orders.csv?from=2025-01-01&to=2025-12-31",
                    "archive?year=2025");

    private final HubProcess hub;
    private final HttpClient http = HttpClient.newHttpClient();

    private ExportsBench(HubProcess hub) {
        this.hub = hub;
    }

    /** Ends with 0; 1 where an export did not come whole. */
    public static void main(String[] arguments) throws Exception {
        int rows = 1_000_000;
        boolean keep = false;
        for (String argument : arguments) {
            if (argument.matches("--rows=[1-9][0-9]{0,8}")) {
                rows = Integer.parseInt(argument.substring("--rows=".length()));
            } else if (argument.equals("--keep")) {
                keep = true;
            } else {
                System.err.println(
                        "bench: usage: ./comptappart bench --exports [--rows=1000000] [--keep];"
                                + " there is no "
                                + argument);
                System.exit(2);
            }
        }
        System.exit(run(rows, keep) ? 0 : 1);
    }

    private static boolean run(int rows, boolean keep) throws Exception {
        Path directory = Stage.directory(null);
        Path data = directory.resolve("data");
        try {
            long start = System.nanoTime();
            FilledLedger.fill(data, "default", YEAR, rows);
            System.out.printf(
                    Locale.ROOT, "%d documents filled in %.0f s%n", rows, secondsSince(start));
            return run(data);
        } finally {
            if (keep) {
                System.out.println("kept: " + directory);
            } else {
                Stage.remove(directory);
            }
        }
    }

    private static boolean run(Path data) throws Exception {
        try (var hub =
                new HubProcess(
                        Bench.hubJar(Bench.root()), data, Stage.seller(), List.of("-Xmx" + HEAP))) {
            hub.start();
            System.out.printf("hub with -Xmx%s, %d MiB before%n", HEAP, resident(hub.pid()));
            boolean whole = true;
            for (String export : EXPORTS) {
                whole &= new ExportsBench(hub).download(export);
            }
            return whole;
        }
    }

    /** Reads one to its end and keeps nothing. */
    private boolean download(String export) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + hub.port() + "/v1/exports/" + export))
                        .header("Authorization", "Bearer " + Stage.OPERATOR_KEY)
                        .GET();
        long start = System.nanoTime();
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        var read = new Read();
        try (var body = answer.body()) {
            read.all(body);
        } catch (IOException e) {
            System.out.println(export + " broke off: " + e);
            return false;
        }
        System.out.printf(
                Locale.ROOT,
                "%-55s %d  %6.1f s  %9d lines  %7.1f MiB  resident at most %d MiB%n",
                export,
                answer.statusCode(),
                secondsSince(start),
                read.lines,
                read.bytes / 1048576.0,
                read.resident);
        return answer.statusCode() == 200;
    }

    private final class Read {

        private long bytes;
        private long lines;
        private long resident;

        void all(InputStream body) throws IOException {
            var buffer = new byte[1 << 16];
            long looked = 0;
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                bytes += n;
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                if (bytes - looked >= 1 << 20 || looked == 0) {
                    looked = bytes;
                    resident = Math.max(resident, resident(hub.pid()));
                }
            }
            resident = Math.max(resident, resident(hub.pid()));
        }
    }

    /** MiB; 0 on systems without {@code /proc}. */
    private static long resident(long pid) {
        Path status = Path.of("/proc/" + pid + "/status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
