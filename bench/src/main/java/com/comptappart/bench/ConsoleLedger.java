package com.comptappart.bench;

import com.comptappart.invoice.FilledLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A year of two partners: orders and all that the hub keeps of them. */
final class ConsoleLedger {

    static final String SLUG = "grand";

    /** Who bought hundreds of times. */
    static final String LOYAL = "fidele@exemple.example";

    private static final String OTHER_SLUG = "autre";
    private static final int OTHERS_EACH = 21;
    private static final int DAYS = 365;
    private static final LocalDate PAID = LocalDate.of(2000, 1, 1);

    private final HubDatabase database;

    private ConsoleLedger(HubDatabase database) {
        this.database = database;
    }

    /**
     * Fills a new data directory with a year's documents until yesterday, a hub may not run on it.
     *
     * @param orders of the one partner; the other has a twentieth as many
     */
    static void issue(Path data, int orders) throws InterruptedException {
        var first = LocalDate.now(ZoneId.of("Europe/Paris")).minusDays(DAYS);
        FilledLedger.fill(
                data,
                "default",
                new FilledLedger.Wish(
                        first, DAYS, orders / (OTHERS_EACH - 1) * OTHERS_EACH, OTHERS_EACH));
    }

    /** Adds orders, mails, notifications and the rest beside the hub that runs on it. */
    static ConsoleLedger fill(HubProcess hub) throws SQLException, InterruptedException {
        var ledger = new ConsoleLedger(HubDatabase.of(hub.data()));
        try (var connection = ledger.database.connect()) {
            for (var each :
                    List.of(
                            List.of(FilledLedger.PARTNER, SLUG),
                            List.of(FilledLedger.OTHER_PARTNER, OTHER_SLUG))) {
                run(
                        connection,
                        """
                        insert into partner (partner_id, slug, name, contact_email, locale, created_at)
                        values (?, ?, 'Partenaire', 'partenaire@exemple.example', 'fr', now())
                        """,
                        each.get(0),
                        each.get(1));
            }
            var api = new HubApi(hub.port(), Stage.OPERATOR_KEY);
            api.endpoint(SLUG, "http://127.0.0.1:9/first");
            api.endpoint(SLUG, "http://127.0.0.1:9/second");
            api.endpoint(OTHER_SLUG, "http://127.0.0.1:9/other");
            run(connection, "create temporary table console_given (content text)");
            run(connection, "insert into console_given values (?)", FilledLedger.order(PAID));
            for (String statement : statements()) {
                run(connection, statement);
            }
            run(connection, "vacuum analyze");
            run(connection, "checkpoint");
        }
        return ledger;
    }

    /**
     * What the hub still has to do of what it was filled with: documents that it has to find, days
     * that it has to close.
     */
    long waiting() throws SQLException {
        return number(
                """
                select (select count(*) from invoice) - (select count(*) from invoice_finder)
                    + case when exists (
                        select 1 from closing where last_day >= (select max(issue_date) from invoice)) then 0 else 1 end
                """);
    }

    /** The one value that a query gives; empty where it gives none. */
    String text(String query) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            @Nullable String found = row.next() ? row.getString(1) : null;
            return found == null ? "" : found;
        }
    }

    long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    private static List<String> statements() {
        try (var file = ConsoleLedger.class.getResourceAsStream("console.sql")) {
            if (file == null) {
                throw new IllegalStateException("console.sql is missing");
            }
            return List.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n;\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Connection connection, String sql, String... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
