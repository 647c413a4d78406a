package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    @Test
    void every_diagnosis_says_in_both_languages_what_to_do() {
        Set<String> said = new HashSet<>();
        for (Diagnosis each : Diagnosis.values()) {
            assertThat(each.french()).isNotEqualTo(each.english()).endsWith(".");
            assertThat(each.english()).contains(":").endsWith(".");
            assertThat(said.add(each.french())).isTrue();
            assertThat(Diagnosis.of(each.code())).contains(each);
        }
        assertThat(Diagnosis.values()).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void a_400_is_told_of_its_two_causes_the_signature_first() {
        assertThat(Diagnosis.BAD_REQUEST.french())
                .containsSubsequence("whsec_", "octets bruts", "horloge", "401", "2xx");
        assertThat(Diagnosis.BAD_REQUEST.english())
                .containsSubsequence("whsec_", "raw bytes", "clock", "401", "2xx");
    }
}
