package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.partner.Sellers;
import com.comptappart.webhook.AddressCheck;
import com.comptappart.webhook.AddressChecks;
import com.comptappart.webhook.Certification;
import com.comptappart.webhook.Certifications;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Probe;
import com.comptappart.webhook.ProbeResult;
import com.comptappart.webhook.TakenNotifications;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How far an integration is: each line is ticked by a fact that the hub saw, never by hand. */
@Component
class Checklist {

    private static final int ALL = 100;

    /**
     * One line.
     *
     * @param text what to do next, empty where it is done
     * @param url where, empty where it is not in the console
     */
    record Line(Badge badge, String title, String text, String url, boolean done) {}

    private final Partners partners;
    private final Sellers sellers;
    private final Endpoints endpoints;
    private final AddressChecks checks;
    private final TakenNotifications taken;
    private final Certifications certifications;

    Checklist(
            Partners partners,
            Sellers sellers,
            Endpoints endpoints,
            AddressChecks checks,
            TakenNotifications taken,
            Certifications certifications) {
        this.partners = partners;
        this.sellers = sellers;
        this.endpoints = endpoints;
        this.checks = checks;
        this.taken = taken;
        this.certifications = certifications;
    }

    /** What there is to say of a partner's integration, in the order of the docs. */
    List<Line> of(Words words, Place place, PartnerId partner) {
        var test = list(partner, Environment.STAGING);
        var took = taken.inTest(partner);
        var latest = certifications.latest(partner);
        var proven = proven(latest);
        String pages = Place.path(place.word(), Environment.STAGING, "/integration");
        String first = test.isEmpty() ? pages + "/nouveau" : pages + "/" + test.getFirst().id();
        var lines = new ArrayList<Line>();
        lines.add(line(words, "brand", hasBrand(partner), place.path("/reglages/marque")));
        lines.add(line(words, "endpoint", !test.isEmpty(), pages + "/nouveau"));
        lines.add(line(words, "address", isReached(test, took, proven), first));
        lines.add(line(words, "ping", took.containsKey("ping"), first));
        lines.add(line(words, "forged", proven.contains(Probe.FORGED), first));
        lines.add(
                line(words, "order", took.containsKey("order.created"), pages + "/paiement-test"));
        if (test.stream().anyMatch(each -> each.eventTypes().contains("order.refunded"))) {
            lines.add(line(words, "refund", took.containsKey("order.refunded"), ""));
        }
        lines.add(line(words, "duplicate", proven.contains(Probe.DUPLICATE), first));
        lines.add(line(words, "certified", certifications.certified(partner).isPresent(), first));
        lines.add(seller(words));
        lines.add(
                line(
                        words,
                        "production",
                        !list(partner, Environment.PRODUCTION).isEmpty(),
                        Place.path(
                                place.word(),
                                Environment.PRODUCTION,
                                "/integration/mise-en-service")));
        return lines;
    }

    private List<Endpoint> list(PartnerId partner, Environment environment) {
        return endpoints.list(partner, environment, new PageRequest(ALL, null)).data();
    }

    private boolean hasBrand(PartnerId id) {
        var partner = partners.get(id);
        return !partner.name().isBlank()
                && (partner.primaryColor() != null || partner.logoId() != null);
    }

    /** Whatever answered there was reached: its name, its address and its certificate are right. */
    private boolean isReached(List<Endpoint> test, Map<String, ?> took, Set<Probe> proven) {
        return !took.isEmpty()
                || !proven.isEmpty()
                || test.stream()
                        .anyMatch(each ->
                                checks.last(each).filter(AddressCheck::answers).isPresent());
    }

    /** What the last certification of any endpoint showed. */
    private Set<Probe> proven(List<Certification> latest) {
        var proven = new HashSet<Probe>();
        for (Certification each : latest) {
            certifications.results(each).stream()
                    .filter(result -> result.verdict().passed())
                    .map(ProbeResult::probe)
                    .forEach(proven::add);
        }
        return proven;
    }

    private Line seller(Words words) {
        var missing = sellers.missingForProduction();
        return missing.isEmpty()
                ? line(words, "seller", true, "")
                : new Line(
                        Badge.none(words.text("checklist.to-do")),
                        words.text("checklist.seller"),
                        words.text("checklist.seller.text", String.join(", ", missing)),
                        "",
                        false);
    }

    private static Line line(Words words, String name, boolean done, String url) {
        return new Line(
                done
                        ? Badge.ok(words.text("checklist.done"))
                        : Badge.none(words.text("checklist.to-do")),
                words.text("checklist." + name),
                done ? "" : words.text("checklist." + name + ".text"),
                done ? "" : url,
                done);
    }
}
