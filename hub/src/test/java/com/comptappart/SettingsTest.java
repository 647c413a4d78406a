package com.comptappart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Misconfigured;
import com.comptappart.testing.HubForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @ParameterizedTest
    @CsvSource({
        "comptappart.public-url, not-a-url, COMPTAPPART_PUBLIC_URL",
        "comptappart.operator-email, ops at hub, COMPTAPPART_OPERATOR_EMAIL",
        "comptappart.master-key, notbase64!!, COMPTAPPART_MASTER_KEY",
        "comptappart.master-key, c2hvcnQ=, not of 5",
        "comptappart.stripe.production.webhooksecrets, whsec_x, COMPTAPPART_SELLER_SIREN (9 digits)",
        "comptappart.seller.siren, 123 456 782, write its 9 digits",
        "comptappart.seller.fiscal-year-end, 31/12, COMPTAPPART_SELLER_FISCALYEAREND",
        "comptappart.legal-texts.file, nowhere.json, names a file that can't be read: nowhere.json"
    })
    void a_wrong_setting_stops_the_start_and_is_named(String property, String value, String named) {
        try (var hub = new HubForTests().with(property, value)) {
            assertThatThrownBy(hub::start)
                    .hasRootCauseInstanceOf(Misconfigured.class)
                    .rootCause()
                    .hasMessageContaining(named);
        }
    }

    @Test
    void what_is_wrong_is_said_in_one_sentence_without_a_stack_trace() {
        var analysis = new MisconfiguredAnalyzer().analyze(new Misconfigured("set THIS"));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo("set THIS");
    }
}
