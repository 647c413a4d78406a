package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LegalTextsTest {

    private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);

    @Test
    void a_text_is_quoted_on_the_days_on_which_it_is_in_force() {
        var texts =
                new LegalTexts(
                        List.of(
                                new LegalTexts.Entry(
                                        "VATEX-EU-G",
                                        "VATEX-EU-G",
                                        "art. 262 I du CGI",
                                        LocalDate.of(2014, 1, 1),
                                        LAST_DAY),
                                new LegalTexts.Entry(
                                        "VATEX-EU-G",
                                        "VATEX-EU-G",
                                        "l'article du CIBS",
                                        LAST_DAY.plusDays(1),
                                        null)));
        var export = VatTreatment.untaxed(VatCategory.G, "VATEX-EU-G");

        assertThat(texts.exemption(export, LAST_DAY))
                .isEqualTo(new Exemption("VATEX-EU-G", "art. 262 I du CGI"));
        assertThat(texts.exemption(export, LAST_DAY.plusDays(1)))
                .isEqualTo(new Exemption("VATEX-EU-G", "l'article du CIBS"));
    }

    private static final VatTreatment EXPORT = VatTreatment.untaxed(VatCategory.G, "VATEX-EU-G");

    @TempDir private Path folder;

    @Test
    void a_later_text_follows_an_earlier_one_whose_end_nobody_wrote() {
        var texts = file("{'key': 'VATEX-EU-G', 'text': 'CIBS', 'valid_from': '2027-01-01'}");
        assertThat(texts.exemption(EXPORT, LAST_DAY))
                .isEqualTo(new Exemption("VATEX-EU-G", "Exonération de TVA, art. 262 I du CGI"));
        assertThat(texts.exemption(EXPORT, LAST_DAY.plusDays(1)))
                .isEqualTo(new Exemption("VATEX-EU-G", "CIBS"));
    }

    @Test
    void a_text_that_ended_is_still_quoted_and_told_until_another_follows() {
        var day = LocalDate.of(2028, 1, 1);
        var built = LegalTexts.builtIn();
        assertThat(built.lapsed(day.minusDays(1))).isEmpty();
        assertThat(built.lapsed(day)).extracting(LegalTexts.Entry::key).contains("VATEX-EU-G");
        assertThat(built.exemption(EXPORT, day))
                .isEqualTo(new Exemption("VATEX-EU-G", "Exonération de TVA, art. 262 I du CGI"));
        var added = file("{'key': 'VATEX-EU-G', 'text': 'CIBS', 'valid_from': '2027-06-01'}");
        assertThat(added.lapsed(day))
                .extracting(LegalTexts.Entry::key)
                .doesNotContain("VATEX-EU-G");
    }

    @Test
    void a_text_that_is_in_force_for_some_days_gives_way_to_the_one_around_it() {
        var texts =
                file(
                        "{'key': 'DEBITS', 'text': 'D\u00e9bits', 'valid_from': '2027-01-01', 'valid_to': '2027-01-31'}");
        var after = LocalDate.of(2027, 2, 1);
        assertThat(texts.text("DEBITS", after.minusDays(1))).isEqualTo("Débits");
        assertThat(texts.text("DEBITS", after)).startsWith("Option pour le paiement");
        assertThat(texts.lapsed(after)).isEmpty();
    }

    @Test
    void every_text_of_the_cgi_says_when_it_may_no_longer_be_quoted() {
        var last = LocalDate.of(2027, 12, 31);
        assertThat(LegalTexts.builtIn().lapsed(last.plusDays(1)))
                .hasSizeGreaterThan(30)
                .allMatch(entry -> entry.text().contains("CGI") && last.equals(entry.to()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'key': 'VATEX-EU-G', 'text': 'x'} | text 1: 'valid_from' is missing",
                "{'key': 'VATEX-EU-G', 'text': 'x', 'valid_from': '1/1/2027'} | is a day as 2027-01-01",
                "{'key': 'VATEX-EU-G', 'text': ' ', 'valid_from': '2027-01-01'} | is one line",
                "{'text': 'x', 'valid_from': '2027-01-01'} | says what it is about",
                "{'key': 'A-B', 'code': 'G', 'text': 'x', 'valid_from': '2027-01-01'} | VATEX code",
                "{'key': 'A-B', 'text': 'x', 'valid_from': '2027-01-02', 'valid_to': '2027-01-01'} | before",
                "{'key': 'A-B', 'text': 'x', 'valid_from': '2027-01-02'}, {'key': 'A-B', 'text': 'y', 'valid_from': '2027-01-02'} | text 2: 'A-B' has another text",
                "{ | is no JSON"
            })
    void a_wrong_file_of_texts_is_refused_in_a_sentence(String texts, String sentence) {
        assertThatThrownBy(() -> file(texts))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("COMPTAPPART_LEGALTEXTS_FILE")
                .hasMessageContaining(sentence);
    }

    private LegalTexts file(String texts) {
        try {
            var file = folder.resolve("textes.json");
            Files.writeString(file, "[" + texts.replace('\'', '"') + "]");
            return LegalTextsFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_invoice_that_was_kept_before_lines_had_a_category_is_still_read() {
        String kept =
                """
                {"environment":"PRODUCTION","seller":{"name":"A","legalForm":"SAS","capital":"","line1":"1 rue",
                "line2":"","postalCode":"75001","city":"Paris","country":"FR","siren":"123456782","siret":"","rcs":"",
                "vatNumber":"","franchise":%s,"vatOnDebits":false,"email":"","phone":"","website":"","termsUrl":"",
                "footer":""},"buyer":{"name":"B","email":null,"phone":null,"line1":null,"line2":null,
                "postalCode":null,"city":null,"country":"FR","siren":null,"vatNumber":null,"business":true},
                "currency":{"code":"EUR"},"lines":[{"name":"Guide","quantity":1,"net":1000,"vat":%d,"vatRate":%d}],
                "payment":{"paidAt":"2026-11-23T14:32:18Z","method":"card","last4":"4242","reference":"pi_1"},
                "supplyDate":"2026-11-23","nature":"SERVICES","language":"fr","orderReference":"1"}
                """;
        var normal = read(kept.formatted("false", 200, 20));
        var franchise = read(kept.formatted("true", 0, 0));

        assertThat(normal.lines().getFirst().category()).isEqualTo(VatCategory.S);
        assertThat(Mentions.below(normal)).singleElement().asString().contains("40 euros");
        assertThat(franchise.lines().getFirst().category()).isEqualTo(VatCategory.E);
        assertThat(Mentions.below(franchise)).contains("TVA non applicable, art. 293 B du CGI");
    }

    private static InvoiceContent read(String json) {
        return JsonMapper.builder().build().readValue(json, InvoiceContent.class);
    }
}
