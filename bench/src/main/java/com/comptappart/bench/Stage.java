package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hub in live mode with everything around it that is not ours in life: Stripe, partners, mail.
 */
final class Stage implements AutoCloseable {

    private static final String STRIPE_SECRET = "whsec_bench_production_secret_of_nobody";
    static final String OPERATOR_KEY = "ca_operator_benchbenchbenchbenchbenchbench";
    private static final Map<String, String> SELLER =
            Map.ofEntries(
                    Map.entry("NAME", "ComptAppart Bench"),
                    Map.entry("LEGALFORM", "SAS"),
                    Map.entry("CAPITAL", "10 000 EUR"),
                    Map.entry("ADDRESS_LINE1", "12 rue des Écoles"),
                    Map.entry("ADDRESS_POSTALCODE", "33000"),
                    Map.entry("ADDRESS_CITY", "Bordeaux"),
                    Map.entry("ADDRESS_COUNTRY", "FR"),
                    Map.entry("SIREN", "123456782"),
                    Map.entry("SIRET", "12345678200010"),
                    Map.entry("RCS", "RCS Bordeaux 123 456 782"),
                    Map.entry("VATNUMBER", "FR32123456782"),
                    Map.entry("VATREGIME", "normal"),
                    Map.entry("NATURE", "services"),
                    Map.entry("EMAIL", "factures@example.com"),
                    Map.entry("INVOICEPREFIX", "BENCH"));

    private final Options options;
    private final Path directory;
    private final Doors doors = new Doors();
    private final PartnerReceiver.Secrets secrets = new PartnerReceiver.Secrets();
    private final Shop shop;
    private final Sightings sightings;
    private final HubProcess hub;
    private final int partnerPort;

    /** Opens the doors around the hub; the hub itself is not started yet. */
    Stage(Options options, Path jar) {
        this.options = options;
        directory = directory(options.dataDirectory());
        shop = new Shop(options.partners(), System.currentTimeMillis() / 1_000);
        sightings = new Sightings(options.total());
        int stripePort = doors.open(() -> new StubStripe(shop, sightings));
        partnerPort = doors.open(() -> new PartnerReceiver(secrets, sightings));
        int mailPort = doors.open(() -> new SmtpSink(sightings));
        doors.start();
        hub =
                new HubProcess(
                        jar,
                        directory.resolve("data"),
                        environment(stripePort, mailPort),
                        jvmOptions());
    }

    /** Starts the hub and gives it its partners, each with one endpoint. */
    void start() throws InterruptedException {
        hub.start();
        var api = api();
        for (int partner = 0; partner < options.partners(); partner++) {
            String slug = Shop.slug(partner);
            api.partner(slug);
            String path = "/partners/" + slug;
            secrets.put(path, api.endpoint(slug, "http://127.0.0.1:" + partnerPort + path));
        }
    }

    HubApi api() {
        return new HubApi(hub.port(), OPERATOR_KEY);
    }

    StripePoster poster() {
        return new StripePoster(hub.port(), STRIPE_SECRET, shop, sightings);
    }

    HubProcess hub() {
        return hub;
    }

    Shop shop() {
        return shop;
    }

    Sightings sightings() {
        return sightings;
    }

    int partnerPort() {
        return partnerPort;
    }

    Path recording() {
        return directory.resolve("hub.jfr");
    }

    /**
     * Waits until so many orders are through.
     *
     * @param stall gives up after so long without any progress
     * @return whether they are
     */
    boolean await(int orders, Duration stall) throws InterruptedException {
        int last = -1;
        long since = System.nanoTime();
        while (sightings.complete() < orders) {
            int now = sightings.mails() + sightings.notifications();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > stall.toNanos()) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    @Override
    public void close() {
        hub.close();
        doors.close();
        remove(directory, options.keep());
    }

    static void remove(Path directory, boolean keep) {
        if (keep) {
            System.out.println("kept: " + directory);
            return;
        }
        remove(directory);
    }

    static void remove(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bench: " + directory + " could not be removed: " + e);
        }
    }

    /** What a hub needs to issue and export documents, and to let the operator in. */
    static Map<String, String> seller() {
        Map<String, String> environment = new HashMap<>();
        SELLER.forEach((name, value) -> environment.put("COMPTAPPART_SELLER_" + name, value));
        environment.put("COMPTAPPART_OPERATOR_KEY", OPERATOR_KEY);
        return environment;
    }

    private static Map<String, String> environment(int stripePort, int mailPort) {
        var environment = seller();
        environment.put("COMPTAPPART_STRIPE_PRODUCTION_APIKEY", "sk_live_bench");
        environment.put("COMPTAPPART_STRIPE_REQUESTSPERSECOND", "100000");
        environment.put("COMPTAPPART_STRIPE_PRODUCTION_WEBHOOKSECRETS", STRIPE_SECRET);
        environment.put("COMPTAPPART_STRIPE_APIBASE", "http://127.0.0.1:" + stripePort);
        environment.put("COMPTAPPART_WEBHOOK_ALLOWEDNETWORKS", "127.0.0.0/8");
        environment.put("COMPTAPPART_MAIL_FROM", "ComptAppart <factures@example.com>");
        environment.put("SPRING_MAIL_HOST", "127.0.0.1");
        environment.put("SPRING_MAIL_PORT", Integer.toString(mailPort));
        return environment;
    }

    private List<String> jvmOptions() {
        return options.profile() ? recording(recording()) : List.of();
    }

    /** What makes a hub record itself. */
    static List<String> recording(Path file) {
        return List.of(
                "-XX:StartFlightRecording=dumponexit=true,settings=profile,filename="
                        + file
                        + ",jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=10ms",
                "-Xlog:jfr*=off");
    }

    /** PostgreSQL runs as another account where we are root: that one must get in as well. */
    static Path directory(@Nullable Path parent) {
        try {
            Path made =
                    parent == null
                            ? Files.createTempDirectory("comptappart-bench")
                            : Files.createTempDirectory(
                                    Files.createDirectories(parent.toAbsolutePath()),
                                    "comptappart-bench");
            Files.createDirectories(made.resolve("data"));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
