package com.comptappart.bench;

import com.comptappart.database.EmbeddedPostgres;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A hub in live mode with everything around it that is not ours in life: Stripe, partners, mail.
 */
final class Stage implements AutoCloseable {

    private static final String STRIPE_SECRET = "whsec_bench_production_secret_of_nobody";

    /** Of the calls in a kill run. */
    private static final int REFUSE_EACH = 40;

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
    private final List<HubProcess> hubs;
    private final @Nullable EmbeddedPostgres postgres;
    private final int partnerPort;

    /** Opens the doors around the hub; the hub itself is not started yet. */
    Stage(Options options, Path jar) {
        this(options, jar, 1, PartnerReceiver.VERIFY_EACH, 0, Map.of());
    }

    /** Partners that refuse now and then and are soon called again, and so many nodes. */
    static Stage forKills(KillOptions options, Path jar) {
        return new Stage(
                options.load(),
                jar,
                options.nodes(),
                1,
                REFUSE_EACH,
                Map.of("COMPTAPPART_WEBHOOK_RETRYDELAYS", "1s,2s,4s,8s,10s,10s,10s,10s,10s,10s"));
    }

    private Stage(
            Options options,
            Path jar,
            int nodes,
            int verifyEach,
            int refuseEach,
            Map<String, String> configuration) {
        this.options = options;
        directory = directory(options.dataDirectory());
        shop = new Shop(options.partners(), System.currentTimeMillis() / 1_000);
        sightings = new Sightings(options.total());
        int stripePort = doors.open(() -> new StubStripe(shop, sightings));
        partnerPort =
                doors.open(() -> new PartnerReceiver(secrets, sightings, verifyEach, refuseEach));
        int mailPort = doors.open(() -> new SmtpSink(sightings));
        doors.start();
        Path data = directory.resolve("data");
        var environment = environment(stripePort, mailPort);
        environment.putAll(configuration);
        postgres = nodes == 1 ? null : EmbeddedPostgres.start(data);
        if (postgres != null) {
            environment.put("SPRING_DATASOURCE_URL", postgres.url());
            environment.put("SPRING_DATASOURCE_USERNAME", postgres.user());
            environment.put("SPRING_DATASOURCE_PASSWORD", postgres.password());
        }
        hubs =
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(node ->
                                new HubProcess(
                                        nodes == 1 ? "hub" : "hub-" + node,
                                        jar,
                                        data,
                                        environment,
                                        jvmOptions()))
                        .toList();
    }

    /** Starts the hub and gives it its partners, each with one endpoint. */
    void start() throws InterruptedException {
        for (HubProcess hub : hubs) {
            hub.start();
        }
        var api = api();
        for (int partner = 0; partner < options.partners(); partner++) {
            String slug = Shop.slug(partner);
            api.partner(slug);
            String path = "/partners/" + slug;
            secrets.put(path, api.endpoint(slug, "http://127.0.0.1:" + partnerPort + path));
        }
    }

    HubApi api() {
        return new HubApi(hub().port(), OPERATOR_KEY);
    }

    StripePoster poster() {
        return new StripePoster(
                hubs.stream().map(HubProcess::port).toList(), STRIPE_SECRET, shop, sightings);
    }

    /** The first node. */
    HubProcess hub() {
        return hubs.getFirst();
    }

    List<HubProcess> hubs() {
        return hubs;
    }

    HubDatabase database() {
        return HubDatabase.of(hub().data());
    }

    String description() {
        return hubs.size() == 1 ? "the hub" : hubs.size() + " nodes of the hub on one PostgreSQL";
    }

    /** Counts everything, once the last attempts are recorded: that is after partners saw them. */
    Outcome outcome(int orders) throws InterruptedException {
        Thread.sleep(2_000);
        return Outcome.of(orders, api(), sightings);
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

    /** Every node, and PostgreSQL after them. */
    void endHubs() {
        if (postgres == null) {
            hub().close();
            return;
        }
        hubs.forEach(HubProcess::stopOrKill);
        postgres.close();
    }

    @Override
    public void close() {
        endHubs();
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
