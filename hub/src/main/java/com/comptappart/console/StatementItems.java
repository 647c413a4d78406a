package com.comptappart.console;

import com.comptappart.console.AttentionPage.Item;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Paris;
import com.comptappart.order.StatementLines;
import com.comptappart.order.Statements;
import com.comptappart.stripe.UnreadStatements;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is wrong between Stripe's statement and the books, as it is shown. */
@Component
class StatementItems {

    /** What is booked on a waiting account stays in the books; here, for a quarter. */
    private static final int DAYS_SHOWN = 90;

    private final UnreadStatements unread;
    private final Statements statements;
    private final StatementLines lines;
    private final Clock clock;

    StatementItems(
            UnreadStatements unread, Statements statements, StatementLines lines, Clock clock) {
        this.unread = unread;
        this.statements = statements;
        this.lines = lines;
        this.clock = clock;
    }

    List<Item> of(Environment environment, Words words) {
        var items = new ArrayList<Item>();
        for (var each : unread.of(environment)) {
            items.add(
                    item(
                            words,
                            words.text(
                                    "attention.statement.unread", account(words, each.account())),
                            each.readUntil(),
                            words.reason(each.reason())));
        }
        for (var each : statements.differences(environment)) {
            items.add(
                    item(
                            words,
                            words.text(
                                    "attention.statement.differs", account(words, each.account())),
                            each.since(),
                            words.text(
                                    "attention.statement.differs.text",
                                    text(each.ours()),
                                    text(each.stripes()))));
        }
        var since = Paris.dayOf(clock.instant()).minusDays(DAYS_SHOWN);
        for (var each : lines.unexplained(environment, since)) {
            var transaction = each.transaction();
            items.add(
                    item(
                            words,
                            transaction.type() + " · " + transaction.id(),
                            transaction.createdAt(),
                            words.text(
                                    "attention.statement.unexplained",
                                    text(new Money(transaction.net(), transaction.currency())))));
        }
        return items;
    }

    private static Item item(Words words, String title, Instant at, String reason) {
        return new Item(title, "", words.time(at), Words.machine(at), reason, "");
    }

    private static String account(Words words, String account) {
        return account.isEmpty() ? words.text("attention.statement.own") : account;
    }

    private static String text(Money amount) {
        return amount.decimal().toPlainString() + " " + amount.currency();
    }
}
