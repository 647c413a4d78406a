package com.comptappart.demo;

import com.comptappart.Hub;
import com.comptappart.Invariants;
import com.comptappart.invoice.Ledger;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.stripe.StripeEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The hub itself, as {@code serve} runs it, configured for this machine. */
final class DemoHub implements AutoCloseable {

    /**
     * What the hub is told.
     *
     * @param stripeSecret signs the sandbox's events
     */
    record Place(
            Settings settings,
            int port,
            String operatorKey,
            String stripeUrl,
            String stripeKey,
            String stripeSecret,
            int smtpPort) {

        String url() {
            return Loopback.url(port);
        }
    }

    private static final int MOST_EVENTS = 100;

    private final ConfigurableApplicationContext context;

    private DemoHub(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static DemoHub start(Place place) {
        var application = new SpringApplication(Hub.class);
        // The demo ends its parts itself, in order.
        application.setRegisterShutdownHook(false);
        var arguments = new ArrayList<String>();
        settings(place).forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new DemoHub(application.run(arguments.toArray(String[]::new)));
    }

    /** Whether Stripe's events are all read. */
    boolean hasReadAll() {
        return context.getBean(StripeEvents.class).unread(Environment.STAGING) == 0;
    }

    /** What an operator would have to look at: events that could not be read. */
    List<String> unreadable() {
        return context
                .getBean(StripeEvents.class)
                .needingAttention(Environment.STAGING, new PageRequest(MOST_EVENTS, null))
                .data()
                .stream()
                .map(event -> event.type() + " " + event.id() + ": " + event.reason())
                .toList();
    }

    /** How many documents the ledger holds, all series together. */
    long documents() {
        return context.getBean(Ledger.class).verify().documents();
    }

    /** What {@code ./comptappart verify} would find broken. */
    List<String> broken() {
        var broken = new ArrayList<String>();
        context.getBean(Ledger.class).verify().firstBreak().ifPresent(broken::add);
        context.getBean(Invariants.class).broken().forEach(each -> broken.add(each.toString()));
        return broken;
    }

    @Override
    public void close() {
        context.close();
    }

    static Map<String, String> settings(Place place) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("server.address", Loopback.HOST);
        settings.put("server.port", Integer.toString(place.port()));
        settings.put("comptappart.public-url", place.url());
        settings.put("comptappart.data-dir", place.settings().dataDirectory().toString());
        settings.put("comptappart.operator-key", place.operatorKey());
        // Empty: the embedded database, whatever the shell's environment says.
        settings.put("spring.datasource.url", "");
        settings.put("comptappart.stripe.apibase", place.stripeUrl());
        settings.put("comptappart.stripe.staging.apikey", place.stripeKey());
        settings.put("comptappart.stripe.staging.webhooksecrets", place.stripeSecret());
        settings.put("comptappart.stripe.production.apikey", "");
        settings.put("comptappart.stripe.production.webhooksecrets", "");
        settings.put("comptappart.webhook.allowednetworks", "127.0.0.0/8");
        settings.put("spring.mail.host", Loopback.HOST);
        settings.put("spring.mail.port", Integer.toString(place.smtpPort()));
        settings.put("comptappart.mail.from", "ComptAppart démo <factures@demo.localhost>");
        settings.put("comptappart.mail.staging-recipient", Inbox.ADDRESS);
        settings.put("server.shutdown", "immediate");
        addSeller(settings);
        addLogging(settings, place);
        return settings;
    }

    private static void addSeller(Map<String, String> settings) {
        settings.put("comptappart.seller.name", "ComptAppart démo");
        settings.put("comptappart.seller.legalform", "SAS");
        settings.put("comptappart.seller.capital", "10 000 €");
        settings.put("comptappart.seller.address.line1", "12 rue des Écoles");
        settings.put("comptappart.seller.address.postalcode", "33000");
        settings.put("comptappart.seller.address.city", "Bordeaux");
        settings.put("comptappart.seller.siren", "123456782");
        settings.put("comptappart.seller.siret", "12345678200010");
        settings.put("comptappart.seller.rcs", "RCS Bordeaux 123 456 782");
        settings.put("comptappart.seller.vatnumber", "FR32123456782");
        settings.put("comptappart.seller.email", "factures@demo.localhost");
        settings.put("comptappart.seller.invoiceprefix", "DEMO");
    }

    /** The terminal is for what the demo tells; the rest is in a file beside the data. */
    private static void addLogging(Map<String, String> settings, Place place) {
        settings.put(
                "logging.file.name",
                place.settings().dataDirectory().resolve("hub.log").toString());
        settings.put("logging.level.root", "INFO");
        settings.put("logging.threshold.console", "OFF");
    }
}
