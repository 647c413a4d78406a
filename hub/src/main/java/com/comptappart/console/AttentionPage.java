package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.mail.Mails;
import com.comptappart.mail.UnsentMails;
import com.comptappart.people.Act;
import com.comptappart.stripe.Reconciliations;
import com.comptappart.stripe.StripeEvents;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.UndeliveredNotifications;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person must look at: nothing that went wrong is only in a log. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/a-traiter")
class AttentionPage {

    private static final PageRequest FIRST = new PageRequest(50, null);

    /** Something to look at, as it is shown. */
    record Item(
            String title, String url, String time, String machineTime, String reason, String act) {}

    private final StripeEvents events;
    private final OrderItems orders;
    private final UndeliveredNotifications notifications;
    private final UnsentMails mails;
    private final Places places;
    private final Reconciliations reconciliations;
    private final StatementItems statements;
    private final DeclarationItems declarations;

    AttentionPage(
            StripeEvents events,
            Reconciliations reconciliations,
            StatementItems statements,
            DeclarationItems declarations,
            OrderItems orders,
            UndeliveredNotifications notifications,
            UnsentMails mails,
            Places places) {
        this.events = events;
        this.reconciliations = reconciliations;
        this.statements = statements;
        this.declarations = declarations;
        this.orders = orders;
        this.notifications = notifications;
        this.mails = mails;
        this.places = places;
    }

    @GetMapping
    String show(Place place, Words words, Model model) {
        var unread = place.ofAll() ? events(place, words) : List.<Item>of();
        var booked = place.ofAll() ? statements.of(place.environment(), words) : List.<Item>of();
        var flagged = orders.flagged(place, words);
        var uninvoiced = orders.uninvoiced(place, words);
        var refunds = orders.refunds(place, words);
        var pending = orders.pending(place, words);
        var undelivered = undelivered(place, words);
        var unsent = unsent(place, words);
        var declared = declarations.open(place, words);
        model.addAttribute("events", unread);
        model.addAttribute("compared", place.ofAll() ? compared(place, words) : "");
        model.addAttribute("statements", booked);
        model.addAttribute("orders", flagged);
        model.addAttribute("uninvoiced", uninvoiced);
        model.addAttribute("pending", pending);
        model.addAttribute("refunds", refunds);
        model.addAttribute("notifications", undelivered);
        model.addAttribute(
                "others",
                undelivered.size() < FIRST.limit()
                        ? 0
                        : notifications.count(place.partner(), place.environment())
                                - undelivered.size());
        model.addAttribute("mails", unsent);
        model.addAttribute("declarations", declared);
        model.addAttribute(
                "nothing",
                unread.isEmpty()
                        && booked.isEmpty()
                        && flagged.isEmpty()
                        && uninvoiced.isEmpty()
                        && refunds.isEmpty()
                        && pending.isEmpty()
                        && undelivered.isEmpty()
                        && unsent.isEmpty()
                        && declared.isEmpty());
        return "console/attention";
    }

    @May(Act.OPERATE)
    @PostMapping("/evenements/{event}")
    String readAgain(
            Place place,
            @PathVariable String event,
            @RequestParam(defaultValue = "") String account,
            Acts acts,
            RedirectAttributes flash) {
        return acts.of("event.read-again", event)
                .done(
                        flash,
                        "act.reading-again",
                        place.path("/a-traiter"),
                        () -> events.readAgain(place.environment(), account, event));
    }

    /** What the last comparison with Stripe gave; empty where there was none. */
    private String compared(Place place, Words words) {
        return reconciliations
                .last(place.environment())
                .map(result ->
                        words.text(
                                result.missing() == 0
                                        ? "attention.compared.all"
                                        : "attention.compared.missing",
                                words.time(result.endedAt()),
                                words.count(result.lookedAt()),
                                words.count(result.missing()),
                                result.objects()))
                .orElse("");
    }

    private List<Item> events(Place place, Words words) {
        return events.needingAttention(place.environment(), FIRST).data().stream()
                .map(event ->
                        new Item(
                                event.type() + " · " + event.id(),
                                "",
                                words.time(event.receivedAt()),
                                Words.machine(event.receivedAt()),
                                words.reason(event.reason()),
                                Cursors.with(
                                        place.path("/a-traiter/evenements/" + event.id()),
                                        "account",
                                        event.account())))
                .toList();
    }

    private List<Item> undelivered(Place place, Words words) {
        return notifications.newest(place.partner(), place.environment(), FIRST.limit()).stream()
                .map(each -> item(place, words, each))
                .toList();
    }

    private Item item(Place place, Words words, Notification notification) {
        var order = notification.order();
        String word = places.word(notification.partner());
        boolean held = notification.state() == Notification.State.HELD;
        return new Item(
                notification.eventType() + " · " + notification.id(),
                order == null ? "" : Place.path(word, place.environment(), "/commandes/" + order),
                words.time(notification.createdAt()),
                Words.machine(notification.createdAt()),
                notification.reason().isEmpty() && held
                        ? words.text("blame.no-endpoint")
                        : words.reason(notification.reason()),
                "");
    }

    private List<Item> unsent(Place place, Words words) {
        return mails.newest(place.partner(), place.environment(), FIRST.limit()).stream()
                .map(mail -> item(place, words, mail))
                .toList();
    }

    private Item item(Place place, Words words, Mails.Mail mail) {
        return new Item(
                mail.recipient().isEmpty() ? mail.key() : mail.key() + " → " + mail.recipient(),
                Place.path(
                        places.word(mail.partner()),
                        place.environment(),
                        MailPages.orderPath(mail)),
                words.time(mail.createdAt()),
                Words.machine(mail.createdAt()),
                mail.reason().isEmpty()
                        ? words.text(Blame.of(mail.state()))
                        : words.reason(mail.reason()),
                "");
    }
}
