package com.comptappart.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.FecForTests;
import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What accountants are given agrees with the ledger, and each file with the others. */
class ExportsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String YEAR = "from=2026-01-01&to=2026-12-31";

    @TempDir private static Path data;
    private static BooksForTests books;

    @BeforeAll
    static void a_hub_that_sold_and_refunded() {
        books = new BooksForTests(data);
    }

    @AfterAll
    static void stop() {
        books.close();
    }

    @Test
    void the_fec_keeps_every_rule_by_document_and_by_day() throws IOException {
        for (String detail : List.of("document", "day")) {
            var fec = fec(detail);
            assertThat(fec.broken()).as(detail).isEmpty();
            assertThat(fec.lines()).hasSizeGreaterThan(20);
        }
        assertThat(fec("day").balances()).isEqualTo(fec("document").balances());
        assertThat(
                        books.get("/v1/exports/fec?year=2026")
                                .headers()
                                .firstValue("Content-Disposition"))
                .contains("attachment; filename=\"123456782FEC20261231.txt\"");
        assertThat(new FecForTests(books.export("/v1/exports/fec?year=2025")).lines()).isEmpty();
    }

    @Test
    void check_8_the_fec_balances_to_what_stripe_holds_and_to_the_vat_of_each_rate()
            throws IOException {
        var balances = fec("document").balances();
        assertThat(balances.get("411000")).isEqualByComparingTo("0");
        var held = BigDecimal.ZERO;
        Map<String, BigDecimal> vat = new TreeMap<>();
        for (JsonNode row : vat("period=month").path("data")) {
            held = held.add(row.path("total_amount_eur").decimalValue());
            vat.merge(
                    row.path("country").asString() + " " + row.path("rate").asString(),
                    row.path("vat_amount_eur").decimalValue(),
                    BigDecimal::add);
        }
        assertThat(balances.get("467000")).isEqualByComparingTo(held);
        assertThat(balances.get("445712").negate()).isEqualByComparingTo(vat.get("FR 20"));
        assertThat(balances.get("445713").negate()).isEqualByComparingTo(vat.get("FR 5.5"));
        assertThat(balances.get("445718").negate()).isEqualByComparingTo(vat.get("DE 19"));
        assertThat(balances.get("707055").signum()).isNegative();
        // Captured less refunded in euros; USD at 1.085 was given back but for the export, JPY at
        // 171.25.
        var euros =
                new BigDecimal("707.77").add(new BigDecimal("99.99")).add(new BigDecimal("100"));
        assertThat(held.subtract(euros))
                .isBetween(new BigDecimal("162.26"), new BigDecimal("162.28"));
    }

    @Test
    void a_sale_its_receipt_and_its_refund_are_booked_with_what_stands_behind_them()
            throws IOException {
        var lines = fec("document").lines();
        var sale = lines.stream().filter(line -> line.get("PieceRef").equals("FQCA-2026-000001"));
        assertThat(sale.map(line -> line.get("JournalCode") + " " + line.get("CompteNum")))
                .first()
                .isEqualTo("VE 411000");
        assertThat(lines.stream().map(line -> line.get("PieceRef")))
                .contains("pi_mixed", "re_mixed", "AQCA-2026-000001");
        assertThat(lines)
                .anySatisfy(line -> {
                    assertThat(line.get("Idevise")).isEqualTo("JPY");
                    assertThat(line.get("Montantdevise")).isEqualTo("12001");
                    assertThat(line.get("Debit")).isEqualTo("70,08");
                })
                .anySatisfy(line ->
                        assertThat(line.get("EcritureLib"))
                                .contains("=Œuvres & Fils ? ?ód?; \"SARL\""));
    }

    @Test
    void vat_is_the_same_by_day_by_month_as_json_and_as_csv() throws IOException {
        var months = vat("period=month");
        var days = vat("period=day");
        assertThat(sums(days.path("data"))).isEqualTo(sums(months.path("data")));
        assertThat(sums(months.path("totals"))).isEqualTo(sums(months.path("data")));
        assertThat(days.path("data").valueStream().map(row -> row.path("period").asString()))
                .contains("2026-12-30", "2026-12-31")
                .isSorted();
        var refunded =
                days.path("data")
                        .valueStream()
                        .filter(row -> row.path("period").asString().equals("2026-12-31"))
                        .filter(row -> row.path("currency").asString().equals("EUR"))
                        .toList();
        assertThat(refunded)
                .isNotEmpty()
                .allMatch(row -> row.path("vat_amount").decimalValue().signum() < 0);

        String csv = text("/v1/exports/vat?format=csv&" + YEAR);
        assertThat(csv.lines().count()).isEqualTo(months.path("data").size() + 1L);
        assertThat(csv)
                .startsWith("\uFEFFperiod;category;rate;")
                .contains("\r\n2026-12;S;5,5;FR;EUR;1;1;");
        var accepted =
                HubForTests.send(
                        HttpRequest.newBuilder(URI.create(books.hub.url("/v1/exports/vat?" + YEAR)))
                                .header("Accept", "text/csv")
                                .header("Authorization", "Bearer " + HubForTests.OPERATOR_KEY));
        assertThat(accepted.body()).isEqualTo(csv);
    }

    @Test
    void e_reporting_tells_of_consumers_alone_and_says_the_same_again() throws IOException {
        String path = "/v1/exports/e-reporting?" + YEAR;
        var first = text(path);
        assertThat(text(path)).isEqualTo(first);
        var rows = JSON.readTree(first).path("data");
        assertThat(rows.valueStream().map(ExportsTest::brief))
                .contains(
                        "10.3 2026-12-30 TLB1 20 EUR 1 0 900.00",
                        "10.3 2026-12-30 TPS1 20 EUR 2 0 120.00",
                        "10.3 2026-12-29 TNT1 19 EUR 1 0 100.00",
                        "10.3 2026-12-31 TLB1 20 EUR 0 1 -288.15",
                        "10.4 2026-12-30 null 20 EUR 2 0 120.00")
                .noneMatch(row -> row.contains("99.99"))
                .noneMatch(row -> row.startsWith("10.4") && row.contains(" 5.5 "));
        assertThat(text(path + "&format=csv").lines().count()).isEqualTo(rows.size() + 1L);
        var day = JSON.readTree(text("/v1/exports/e-reporting?from=2026-12-29&to=2026-12-29"));
        assertThat(day.path("data").valueStream().map(ExportsTest::brief))
                .containsExactly("10.3 2026-12-29 TNT1 19 EUR 1 0 100.00");
    }

    @Test
    void lists_open_in_a_spreadsheet_and_no_cell_is_a_formula() throws IOException {
        String invoices = text("/v1/exports/invoices.csv");
        assertThat(invoices).startsWith("\uFEFFnumber;object;issue_date_paris;issued_at_utc;");
        assertThat(invoices.split("\r\n")).hasSize(1 + 7 + 3);
        assertThat(invoices)
                .contains("\"'=Œuvres")
                .contains("\"\"SARL\"\"\"")
                .contains(";-333,33;")
                .doesNotContain(";=");
        String orders = text("/v1/exports/orders.csv");
        assertThat(orders).startsWith("\uFEFForder_id;created_at_utc;paid_at_utc;");
        assertThat(orders.split("\r\n")).hasSize(1 + 7);
        assertThat(orders).contains("333,33;2 × Fauteuil, 3 × Livre, 1 × Conseil;one_time;");
        assertThat(text("/v1/exports/orders.csv?to=2026-12-30").split("\r\n")).hasSize(1 + 6);
        assertThat(text("/v1/exports/invoices.csv?from=2026-12-31").split("\r\n"))
                .hasSize(1 + 1 + 3);
    }

    @Test
    void tests_are_never_mixed_with_what_counts_and_are_named_so() throws IOException {
        var fec = books.get("/v1/exports/fec?year=2026&environment=staging");
        assertThat(fec.headers().firstValue("Content-Disposition").orElse(""))
                .contains("TEST-123456782FEC20261231.txt");
        assertThat(new FecForTests(fec.body()).lines()).isEmpty();
    }

    @Test
    void what_left_is_written_in_the_technical_journal() throws IOException {
        books.export("/v1/exports/fec?year=2024");
        assertThat(
                        books.hub
                                .jdbc()
                                .sql("select detail from journal where kind = 'export'")
                                .query(String.class)
                                .list())
                .anyMatch(each -> each.startsWith("FEC by DOCUMENT, production, 2024-01-01 to"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fec                                          | year_invalid
                    fec?year=26                                  | year_invalid
                    fec?year=1999                                | year_invalid
                    fec?year=2026&detail=month                   | detail_invalid
                    fec?year=2026&environment=test               | environment_unknown
                    fec?years=2026                               | parameter_unknown
                    vat                                          | dates_missing
                    vat?from=2026-01-01                          | dates_missing
                    vat?from=2026-02-30&to=2026-03-01            | date_invalid
                    vat?from=23/11/2026&to=2026-12-01            | date_invalid
                    vat?from=2026-02-01&to=2026-01-01            | dates_invalid
                    vat?from=2000-01-01&to=2026-01-01            | dates_invalid
                    vat?from=2026-01-01&to=2026-01-31&period=week | period_invalid
                    vat?from=2026-01-01&to=2026-01-31&format=xls | format_invalid
                    e-reporting?from=2026-01-01                  | dates_missing
                    archive?year=MMXXVI                          | year_invalid
                    """)
    void what_can_not_be_asked_is_400_and_says_why(String call, String code) {
        var answer = books.hub.get("/v1/exports/" + call);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo(code);
    }

    @Test
    void partners_get_none_of_it() {
        var partner =
                books.hub.post(
                        "/v1/partners",
                        "{\"name\": \"P\", \"slug\": \"books\", \"contact_email\": \"p@example.com\"}");
        String id = JSON.readTree(partner.body()).path("id").asString();
        var key =
                books.hub.post(
                        "/v1/partners/" + id + "/api-keys", "{\"environment\": \"production\"}");
        var as = books.hub.as(JSON.readTree(key.body()).path("key").asString());
        for (String call :
                List.of(
                        "fec?year=2026",
                        "vat?" + YEAR,
                        "e-reporting?" + YEAR,
                        "orders.csv",
                        "invoices.csv",
                        "archive?year=2026")) {
            assertThat(as.get("/v1/exports/" + call).statusCode()).as(call).isEqualTo(403);
        }
    }

    @Test
    void without_a_seller_there_is_no_fec_of_what_counts() {
        try (var nobody = new HubForTests().start()) {
            var answer = nobody.get("/v1/exports/fec?year=2026");
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("seller_siren_missing", "COMPTAPPART_SELLER_SIREN");
            assertThat(nobody.get("/v1/exports/fec?year=2026&environment=staging").statusCode())
                    .isEqualTo(200);
        }
    }

    private static FecForTests fec(String detail) throws IOException {
        return new FecForTests(books.export("/v1/exports/fec?year=2026&detail=" + detail));
    }

    private static JsonNode vat(String parameters) throws IOException {
        return JSON.readTree(books.export("/v1/exports/vat?" + YEAR + "&" + parameters));
    }

    private static String text(String path) throws IOException {
        return new String(books.export(path), StandardCharsets.UTF_8);
    }

    private static Map<String, String> sums(JsonNode rows) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode row : rows) {
            String key =
                    row.path("category").asString()
                            + row.path("rate")
                            + row.path("country").asString()
                            + row.path("currency").asString();
            for (String amount : List.of("net_amount", "vat_amount", "total_amount_eur")) {
                sums.merge(key + amount, row.path(amount).decimalValue(), BigDecimal::add);
            }
        }
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((key, sum) -> texts.put(key, sum.stripTrailingZeros().toPlainString()));
        return texts;
    }

    private static String brief(JsonNode row) {
        return String.join(
                " ",
                row.path("flux").asString(),
                row.path("day").asString(),
                row.path("category").asString("null"),
                row.path("rate").decimalValue().stripTrailingZeros().toPlainString(),
                row.path("currency").asString(),
                row.path("transactions").asString(),
                row.path("credit_notes").asString(),
                row.path("total_amount").decimalValue().setScale(2).toPlainString());
    }
}
