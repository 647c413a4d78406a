package com.comptappart.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code ./comptappart demo}: the whole product on this machine, and one purchase through it or a
 * subscription's whole life.
 */
public final class Demo {

    private static final Duration ARRIVE_WITHIN = Duration.ofSeconds(60);
    private static final int MISUSED = 2;

    private final Settings settings;
    private final PrintStream out;
    private final Clock clock;

    Demo(Settings settings, PrintStream out, Clock clock) {
        this.settings = settings;
        this.out = out;
        this.clock = clock;
    }

    /** Ends with 0 when all that the purchase must lead to arrived, else with 1. */
    public static void main(String[] arguments) {
        // As UTF-8 whatever the locale: the launcher may run under LANG=C.
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            out.print(Settings.USAGE);
            return;
        }
        Settings settings;
        try {
            settings = Settings.of(words, System.getenv());
        } catch (IllegalArgumentException mistyped) {
            out.println(mistyped.getMessage());
            out.print(Settings.USAGE);
            System.exit(MISUSED);
            return;
        }
        // Until the hub says where its log is, nothing of the libraries' belongs on the terminal.
        LoggingSystem.get(Demo.class.getClassLoader()).beforeInitialize();
        System.exit(new Demo(settings, out, Clock.systemUTC()).run());
    }

    private int run() {
        out.println("ComptAppart, démonstration : démarrage…");
        Parts parts;
        try {
            parts = Parts.start(settings, clock);
        } catch (RuntimeException e) {
            out.println("La démonstration ne démarre pas : " + reason(e));
            out.println("Voir " + settings.dataDirectory().resolve("hub.log"));
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "demo-end"));
        out.println(
                "Tout tourne sur cette machine, sans clé ni internet ; prêt en " + uptime() + ".");
        int status;
        try {
            boolean exact =
                    settings.subscription()
                            ? live(parts).isEmpty()
                            : play(parts).missing().isEmpty();
            status = exact ? 0 : 1;
        } catch (RuntimeException e) {
            out.println("L'achat n'a pas abouti : " + reason(e));
            status = 1;
        }
        if (settings.once()) {
            parts.close();
            return status;
        }
        out.println(
                line(
                        "Données",
                        settings.dataDirectory() + " (journal : hub.log) ; Ctrl-C arrête tout"));
        stayUp();
        return status;
    }

    /** Buys, waits, tells. */
    Arrivals play(Parts parts) {
        var paid =
                new Purchase(parts.http(), clock, Product.ALL.getFirst(), Purchase.EMAIL)
                        .make(parts.shop().url("/"));
        var arrivals = new Arrivals(parts, paid, clock).await(ARRIVE_WITHIN);
        new Telling(parts, arrivals).lines().forEach(out::println);
        arrivals.missing().forEach(this::tellFailure);
        return arrivals;
    }

    /** Plays a subscription's life and tells it; what was not exact comes back. */
    private List<String> live(Parts parts) {
        var telling = new LifeTelling(out);
        out.println();
        telling.head();
        var life = new Life(parts, clock, telling::step);
        var wrong = life.play();
        out.println();
        if (wrong.isEmpty()) {
            out.println(
                    "Tout est exact : %d documents au registre, autant de courriels, %d notifications ; registre et invariants vérifiés."
                            .formatted(
                                    life.expected().documents(), life.evidence().calls().size()));
        }
        out.println(line("Boutique", parts.shop().url("/")));
        out.println(line("Commandes", parts.consoleUrl("/commandes")));
        out.println(line("", "clé d'opérateur pour entrer : " + parts.operatorKey()));
        out.println(line("Courriels", parts.inbox().url("/")));
        out.println(line("Partenaire", parts.partner().url("/")));
        out.println(line("Stripe", parts.stripe().url()));
        wrong.forEach(this::tellFailure);
        return wrong;
    }

    private void tellFailure(String sentence) {
        out.println("ÉCHEC : " + sentence + " Voir " + settings.dataDirectory().resolve("hub.log"));
    }

    private static void stayUp() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(String name, String what) {
        return String.format(Locale.ROOT, "  %-13s %s", name, what);
    }

    private static String uptime() {
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        return String.format(Locale.FRANCE, "%.1f s", millis / 1000.0);
    }

    /** The innermost cause has the sentence that helps. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
