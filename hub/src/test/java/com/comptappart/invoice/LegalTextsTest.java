package com.comptappart.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
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
