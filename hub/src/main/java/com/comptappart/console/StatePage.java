package com.comptappart.console;

import com.comptappart.health.Board;
import com.comptappart.health.Nodes;
import com.comptappart.health.Release;
import com.comptappart.health.StatusBoard;
import com.comptappart.kernel.Backlog;
import com.comptappart.people.Act;
import com.comptappart.stripe.StripeStates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How the hub itself does, for who runs it: health in words, Stripe, queues, nodes, version. */
@Controller
@May(Act.WATCH)
class StatePage {

    /** A queue as a row. */
    record Queue(
            String name,
            String text,
            Badge state,
            String due,
            String leased,
            String failing,
            String oldest) {}

    /** A node as a row. */
    record Seen(String host, Badge state, String version, String since, String seen) {}

    private final StatusBoard boards;
    private final HealthChecks checks;
    private final StripeStates states;
    private final StripeFacts stripe;
    private final Nodes nodes;
    private final Release release;
    private final Clock clock;

    StatePage(
            StatusBoard boards,
            HealthChecks checks,
            StripeStates states,
            StripeFacts stripe,
            Nodes nodes,
            Release release,
            Clock clock) {
        this.boards = boards;
        this.checks = checks;
        this.states = states;
        this.stripe = stripe;
        this.nodes = nodes;
        this.release = release;
        this.clock = clock;
    }

    @GetMapping("/console/{partner}/{environment:test|live}/etat")
    String show(Place place, Words words, Model model) {
        var environment = PartnerPages.ofHub(place).environment();
        var board = boards.now();
        var seen = states.of(environment);
        model.addAttribute("checks", checks.of(words, place, board, seen));
        model.addAttribute("stripe", stripe.of(words, environment, seen));
        model.addAttribute("events", stripe.events(words, seen));
        model.addAttribute("looks", stripe.looks(words, seen));
        model.addAttribute("sandbox", stripe.sandbox(words, seen));
        model.addAttribute(
                "queues",
                board.services().stream().map(each -> queue(words, board, each)).toList());
        model.addAttribute("version", version(words));
        model.addAttribute("nodes", nodes.all().stream().map(each -> seen(words, each)).toList());
        return "console/state";
    }

    private Queue queue(Words words, Board board, Board.Service service) {
        String work = service.name().work();
        var waits =
                board.backlogs().stream()
                        .filter(each -> each.work().equals(work))
                        .findFirst()
                        .orElse(new Backlog(work, 0, 0, 0, null));
        var oldest = waits.oldestDue();
        return new Queue(
                words.text("queue." + work),
                words.text("queue." + work + ".text"),
                StatusPages.badge(service.level(), words.text("status.level." + service.level())),
                count(words, waits.due()),
                count(words, waits.leased()),
                count(words, waits.failing()),
                oldest == null ? "–" : ago(words, oldest));
    }

    private static String count(Words words, long count) {
        return count >= Backlog.MOST
                ? words.text("queue.most", words.count(count))
                : words.count(count);
    }

    private String ago(Words words, Instant instant) {
        return Ages.text(words, Duration.between(instant, clock.instant()));
    }

    private List<Step.Fact> version(Words words) {
        var facts = new ArrayList<Step.Fact>();
        facts.add(
                new Step.Fact(
                        words.text("version.hub"),
                        release.version().isEmpty()
                                ? words.text("version.classes")
                                : release.version(),
                        false));
        if (!release.commit().isEmpty()) {
            facts.add(new Step.Fact(words.text("version.commit"), release.commit(), true));
        }
        facts.add(new Step.Fact("JDK", release.java(), false));
        facts.add(new Step.Fact("PostgreSQL", release.postgres(), false));
        int pending = release.migrationsToCome();
        facts.add(
                new Step.Fact(
                        words.text("version.migration"),
                        pending == 0
                                ? release.migration()
                                : words.text("version.pending", release.migration(), pending),
                        false));
        return facts;
    }

    private Seen seen(Words words, Nodes.Node node) {
        String host = node.here() ? words.text("node.here", node.host()) : node.host();
        return new Seen(
                host,
                node.there()
                        ? Badge.ok(words.text("node.there"))
                        : Badge.none(words.text("node.gone")),
                node.version().isEmpty() ? "–" : node.version(),
                words.time(node.startedAt()),
                ago(words, node.seenAt()));
    }
}
