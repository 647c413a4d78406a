package com.comptappart.console;

import com.comptappart.mail.Mails;
import com.comptappart.people.Act;
import com.comptappart.stripe.StripeEvents;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.Notifications;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells an order's story in steps: paid, invoiced, mailed, delivered, refunded, credited. */
@Component
class Timeline {

    private final Mails mails;
    private final Notifications notifications;
    private final StripeEvents events;

    private final DeclarationItems declarations;

    Timeline(
            Mails mails,
            Notifications notifications,
            StripeEvents events,
            DeclarationItems declarations) {
        this.mails = mails;
        this.notifications = notifications;
        this.events = events;
        this.declarations = declarations;
    }

    List<Step> of(Words words, Story story, String orderUrl) {
        var steps = new ArrayList<Step>();
        var links = new StepLinks(words, orderUrl, kept(story));
        steps.add(paid(words, story).leadingTo(links.event(story.paid().eventId())));
        steps.add(invoiced(words, story));
        if (story.invoiceMails().isEmpty()) {
            steps.add(later(words, words.text("step.mail"), States.mail(words, story)));
        }
        for (var mail : story.invoiceMails()) {
            steps.add(mailed(words, mail, orderUrl));
        }
        if (story.notifications().isEmpty()) {
            steps.add(later(words, words.text("step.delivery"), States.delivery(words, story)));
        }
        for (var notification : told(story, false)) {
            steps.add(
                    delivered(words, notification, orderUrl)
                            .leadingTo(links.notification(notification)));
        }
        for (var dispute : story.disputes()) {
            steps.add(DisputeSteps.disputed(words, dispute));
        }
        steps.addAll(declarations.steps(words, story.id()));
        for (var refund : story.refunds()) {
            steps.add(
                    RefundSteps.refunded(words, story, refund)
                            .at(refund.refundId())
                            .leadingTo(links.event(refund.eventId())));
            if (refund.succeeded() && refund.covers().isEmpty()) {
                var note = story.creditNote(refund);
                steps.add(RefundSteps.credited(words, note, story.stuck(refund)));
                for (var mail : note == null ? List.<Mails.Mail>of() : story.mails(note)) {
                    steps.add(mailed(words, mail, orderUrl));
                }
            }
        }
        for (var notification : told(story, true)) {
            steps.add(
                    delivered(words, notification, orderUrl)
                            .leadingTo(links.refundNotification(story, notification)));
        }
        return steps;
    }

    /** Those of the order's events whose JSON can be shown. */
    private Set<String> kept(Story story) {
        var ids = new ArrayList<String>(List.of(story.paid().eventId()));
        story.refunds().forEach(refund -> ids.add(refund.eventId()));
        return events.kept(story.paid().environment(), story.paid().account(), ids);
    }

    private static List<Notification> told(Story story, boolean ofRefunds) {
        return story.notifications().stream()
                .filter(each -> each.eventType().equals("order.refunded") == ofRefunds)
                .toList();
    }

    private static Step paid(Words words, Story story) {
        var paid = story.paid();
        var payment = paid.payment();
        var facts = new ArrayList<Step.Fact>();
        String method = words.ofCode("payment.", payment.method());
        facts.add(
                Step.Fact.of(
                        words.text("fact.method"),
                        payment.last4() == null ? method : method + " •••• " + payment.last4()));
        if (payment.balanceMinor() != null) {
            facts.add(
                    Step.Fact.of(
                            words.text("fact.balance"),
                            words.money(payment.balanceMinor(), paid.currency())));
        }
        if (payment.reducedMinor() != null) {
            facts.add(
                    Step.Fact.of(
                            words.text("fact.reduced"),
                            words.money(payment.reducedMinor(), paid.currency())));
        }
        facts.add(Step.Fact.code(words.text("fact.payment"), payment.reference()));
        facts.add(Step.Fact.code(words.text("fact.stripe-object"), paid.stripeObject()));
        facts.add(Step.Fact.code(words.text("fact.event"), paid.eventId()));
        return step(
                words,
                words.text("step.paid"),
                Badge.ok(words.text("paid.done")),
                payment.paidAt(),
                facts);
    }

    private static Step invoiced(Words words, Story story) {
        String title = words.text("step.invoice");
        var badge = States.invoice(words, story);
        var invoice = story.invoice();
        if (invoice != null) {
            var facts =
                    List.of(
                            Step.Fact.code(words.text("fact.invoice"), invoice.number()),
                            Step.Fact.of(
                                    words.text("fact.issue-date"),
                                    words.date(invoice.issueDate())));
            return step(words, title, badge, invoice.issuedAt(), facts);
        }
        var owed = story.owed();
        if (owed == null || owed.reason().isEmpty()) {
            return later(words, title, badge);
        }
        var facts =
                List.of(
                        Step.Fact.of(words.text("fact.reason"), words.reason(owed.reason())),
                        Step.Fact.of(words.text("fact.attempts"), words.count(owed.attempts())));
        return new Step(title, badge, "", "", facts, words.text("blame.ours"), List.of(), null, "");
    }

    private Step mailed(Words words, Mails.Mail mail, String orderUrl) {
        var facts = new ArrayList<Step.Fact>();
        addIfAny(facts, words.text("fact.recipient"), mail.recipient());
        addIfAny(facts, words.text("fact.subject"), mail.subject());
        addIfAny(facts, words.text("fact.reason"), States.reason(words, mail));
        addNext(words, facts, mail.state() == Mails.State.PENDING, mail.attempts(), mail.dueAt());
        facts.add(Step.Fact.code("Message-ID", mail.messageId()));
        boolean wrong = !mail.reason().isEmpty() || mail.state() == Mails.State.SUPPRESSED;
        String blame = wrong ? Blame.of(mail.state()) : "";
        return new Step(
                words.text("step.mail"),
                States.of(words, mail),
                words.exactTime(whenOf(mail.endedAt(), mail.createdAt())),
                Words.machine(whenOf(mail.endedAt(), mail.createdAt())),
                facts,
                blame.isEmpty() ? "" : words.text(blame),
                mails.attempts(mail).stream().map(each -> attempt(words, each)).toList(),
                new Step.Act(
                        orderUrl + "/e-mails/" + mail.id(),
                        words.text("act.resend"),
                        Act.SEND_MAIL.name()),
                "");
    }

    static Step.Try attempt(Words words, Mails.Attempt attempt) {
        return new Step.Try(
                Integer.toString(attempt.number()),
                words.exactTime(attempt.at()),
                Words.machine(attempt.at()),
                attempt.accepted()
                        ? Badge.ok(words.text("try.accepted"))
                        : Badge.bad(words.text("try.refused")),
                "",
                "",
                "",
                "",
                words.reason(attempt.answer()));
    }

    private Step delivered(Words words, Notification notification, String orderUrl) {
        var facts = new ArrayList<Step.Fact>();
        facts.add(Step.Fact.code(words.text("fact.type"), notification.eventType()));
        facts.add(Step.Fact.code("webhook-id", notification.id()));
        if (!notification.endpointId().isEmpty()) {
            facts.add(Step.Fact.code(words.text("fact.endpoint"), notification.endpointId()));
        }
        addIfAny(facts, words.text("fact.reason"), words.reason(notification.reason()));
        addNext(
                words,
                facts,
                notification.state() == Notification.State.PENDING,
                notification.attempts(),
                notification.dueAt());
        var attempts = notifications.attempts(notification);
        var when = whenOf(notification.endedAt(), notification.createdAt());
        return new Step(
                words.text("step.delivery"),
                States.of(words, notification),
                words.exactTime(when),
                Words.machine(when),
                facts,
                advice(words, notification, attempts),
                attempts.stream().map(each -> attempt(words, each)).toList(),
                new Step.Act(
                        orderUrl + "/notifications/" + notification.id(),
                        words.text("act.replay"),
                        Act.REPLAY.name()),
                notification.body());
    }

    /** What the last attempt tells, while it is still true. */
    private static String advice(
            Words words, Notification notification, List<Notification.Attempt> attempts) {
        if (notification.state() == Notification.State.HELD) {
            return words.text("blame.no-endpoint");
        }
        if (notification.state() == Notification.State.DELIVERED || attempts.isEmpty()) {
            return "";
        }
        return Blame.of(words, attempts.getLast());
    }

    private static Step.Try attempt(Words words, Notification.Attempt attempt) {
        String blame = Blame.of(words, attempt);
        String result =
                attempt.status() == 0
                        ? words.text("try.silent")
                        : "HTTP " + Integer.toString(attempt.status());
        return new Step.Try(
                Integer.toString(attempt.number()),
                words.exactTime(attempt.at()),
                Words.machine(attempt.at()),
                attempt.status() / 100 == 2 && attempt.error().isEmpty()
                        ? Badge.ok(result)
                        : Badge.bad(result),
                String.format(Locale.ROOT, "%d ms", attempt.times().total().toMillis()),
                attempt.url(),
                words.reason(attempt.error()),
                blame,
                attempt.answer());
    }

    private static Step step(
            Words words, String title, Badge badge, Instant at, List<Step.Fact> facts) {
        return new Step(
                title,
                badge,
                words.exactTime(at),
                Words.machine(at),
                facts,
                "",
                List.of(),
                null,
                "");
    }

    private static Step later(Words words, String title, Badge badge) {
        String advice = badge.tone().equals("none") ? words.text("blame.no-partner") : "";
        return new Step(title, badge, "", "", List.of(), advice, List.of(), null, "");
    }

    private static void addIfAny(List<Step.Fact> facts, String name, String value) {
        if (!value.isBlank()) {
            facts.add(Step.Fact.of(name, value));
        }
    }

    private static void addNext(
            Words words, List<Step.Fact> facts, boolean waits, int attempts, Instant dueAt) {
        if (waits) {
            facts.add(
                    Step.Fact.of(
                            words.text(attempts == 0 ? "fact.due" : "fact.next"),
                            words.exactTime(dueAt)));
        }
    }

    private static Instant whenOf(@Nullable Instant ended, Instant created) {
        return ended == null ? created : ended;
    }
}
