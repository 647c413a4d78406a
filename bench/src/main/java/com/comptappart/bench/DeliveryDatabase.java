package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Notifications as the hub's database has them. */
final class DeliveryDatabase implements AutoCloseable {

    /** As long as that of a usual order. */
    private static final String BODY =
            """
            {"event_type":"order.created","event_id":"evt_bench%1$d","order_id":%1$d,"timestamp":"2026-11-23T14:32:18Z","environment":"production","customer":{"first_name":"Marie","last_name":"Martin","email":"marie.martin@example.com","phone":"+33687654321"},"order":{"total_amount":99.99,"tax_amount":16.67,"currency":"EUR","payment_date":"2026-11-23T14:32:18Z","billing_reason":"one_time","is_subscription":false,"subscription_id":null,"products":[{"product_id":"prod_RFvQB6zA3Tn8yZ","product_name":"Déclaration d'impôts - Formule Complète","quantity":1,"unit_price":83.32,"amount":99.99,"tax_rate":20.0,"sub_items":[]}],"custom_fields":[{"key":"anneedeladeclaration","label":"Année de la déclaration","value":"2024"}],"coverage":[],"metadata":{}},"invoice":{"number":"FQCA-2026-000156","pdf_url":"https://hub.example.com/invoices/0123456789abcdef0123456789abcdef","pdf_filename":"FQCA-2026-000156.pdf"}}\
            """
                    .replace("%1$d", "§");

    private final Connection connection;
    private final Path log;

    DeliveryDatabase(HubDatabase database, Path data) throws SQLException {
        connection = database.connect();
        log = data.resolve("postgres/server.log");
    }

    /** Ids of the endpoints whose address has that in it. */
    List<String> endpoints(String part) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "select endpoint_id from webhook_endpoint where url like ? order by position")) {
            select.setString(1, "%" + part + "%");
            var ids = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }

    static String id(int n) {
        return "msg_bench" + n;
    }

    /** Owes notifications of as many orders to those endpoints in turn, in one transaction. */
    void owe(int from, int to, String part) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into webhook_notification (
                            partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id, subject, body, state,
                            created_at, due_at)
                        select e.partner_id, 'msg_bench' || n, e.environment, e.endpoint_id, 1000000000 + n, 'order.created',
                            'evt_bench' || n, '', replace(?, '§', n::text), 'pending', now(), now()
                        from generate_series(?, ?) as n join (
                            select partner_id, endpoint_id, environment, row_number() over (order by position) - 1 as place,
                                count(*) over () as count
                            from webhook_endpoint
                            where url like ?) e on e.place = n % e.count
                        """)) {
            insert.setString(1, BODY);
            insert.setInt(2, from);
            insert.setInt(3, to - 1);
            insert.setString(4, "%" + part + "%");
            insert.executeUpdate();
        }
    }

    int waiting(String part) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        """
                        select count(*)
                        from webhook_notification n join webhook_endpoint e
                            on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                        where n.state = 'pending' and e.url like ?
                        """)) {
            select.setString(1, "%" + part + "%");
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Whether the server writes every statement into its log, from the next one on. */
    void logStatements(boolean on) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("alter system set log_statement = '" + (on ? "all" : "none") + "'");
            statement.execute("select pg_reload_conf()");
        }
    }

    /** Statements in the log, BEGIN and COMMIT among them. */
    long loggedStatements() {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line ->
                            line.contains(" LOG:  execute ") || line.contains(" LOG:  statement: "))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
