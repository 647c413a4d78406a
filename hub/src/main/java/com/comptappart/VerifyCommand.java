package com.comptappart;

import com.comptappart.database.EmbeddedPostgres;
import com.comptappart.invoice.Ledger;
import com.comptappart.partner.Brands;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * {@code ./comptappart verify}: checks the invoice ledger from end to end, and what must hold
 * between the modules, without serving anything.
 */
final class VerifyCommand {

    private VerifyCommand() {}

    /** Only what the check needs: no web server, no worker. */
    @EnableAutoConfiguration
    @ComponentScan({
        "com.comptappart.archive",
        "com.comptappart.database",
        "com.comptappart.queue",
        "com.comptappart.invoice"
    })
    @ConfigurationPropertiesScan("com.comptappart.invoice")
    @Import({Brands.class, Invariants.class})
    static class Parts {}

    /** Returns the exit status: 0 where everything holds, 1 with the first break printed. */
    static int run(String[] arguments) {
        var application =
                new SpringApplicationBuilder(Parts.class)
                        .web(WebApplicationType.NONE)
                        .initializers(VerifyCommand::joinRunningHub)
                        .properties(
                                Map.of(
                                        "comptappart.workers",
                                        "false",
                                        "logging.level.root",
                                        "WARN"));
        try (var context = application.run(arguments)) {
            var verdict = context.getBean(Ledger.class).verify();
            if (verdict.firstBreak().isPresent()) {
                System.err.println("ledger broken: " + verdict.firstBreak().get());
                return 1;
            }
            var broken = context.getBean(Invariants.class).broken();
            if (!broken.isEmpty()) {
                broken.forEach(System.err::println);
                return 1;
            }
            System.out.printf(
                    Locale.ROOT,
                    "ledger intact: %d documents in %d series; numbers, dates, chain, contents, PDFs, totals, closings,"
                            + " journal and archive hold;"
                            + " so do %d invariants between orders, documents, mails and notifications%n",
                    verdict.documents(),
                    verdict.series(),
                    Invariants.count());
            return 0;
        }
    }

    /**
     * Reads beside a hub that runs on this data directory, instead of being refused by its lock.
     */
    private static void joinRunningHub(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if (!environment.getProperty("spring.datasource.url", "").isBlank()) {
            return;
        }
        var directory = Path.of(environment.getProperty("comptappart.data-dir", "./data"));
        EmbeddedPostgres.running(directory)
                .ifPresent(running ->
                        environment
                                .getPropertySources()
                                .addFirst(
                                        new MapPropertySource(
                                                "running hub",
                                                Map.of(
                                                        "spring.datasource.url", running.url(),
                                                        "spring.datasource.username",
                                                                running.user(),
                                                        "spring.datasource.password",
                                                                running.password(),
                                                        "spring.flyway.enabled", "false"))));
    }
}
