package com.comptappart.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.PartnerId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Which settings of the seller stop the start, and what is said then. */
class SellersTest {

    private static final Map<String, String> WHOLE =
            Map.of(
                    "name", "ComptAppart",
                    "legalform", "SAS",
                    "address.line1", "12 rue des Écoles",
                    "address.postalcode", "33000",
                    "address.city", "Bordeaux",
                    "siren", "123456782",
                    "siret", "12345678200010",
                    "rcs", "RCS Bordeaux 123 456 782",
                    "vatnumber", "FR32123456782");

    private static Sellers sellers(Map<String, String> settings, String liveKey) {
        var named = new HashMap<String, String>();
        settings.forEach((key, value) -> named.put("comptappart.seller." + key, value));
        var properties =
                new Binder(new MapConfigurationPropertySource(named))
                        .bindOrCreate("comptappart.seller", SellerProperties.class);
        return new Sellers(properties, liveKey, "");
    }

    private static Map<String, String> wholeBut(String key, String value) {
        var settings = new HashMap<>(WHOLE);
        settings.put(key, value);
        return settings;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "siren | 123 456 782 | COMPTAPPART_SELLER_SIREN is '123 456 782': write its 9 digits",
                "siren | 123456789 | its check digit is wrong",
                "siret | 1234567820001 | write its 14 digits",
                "siret | 12345678200011 | its check digit is wrong",
                "siret | 73282932000074 | it must begin with COMPTAPPART_SELLER_SIREN (123456782)",
                "vatnumber | FR32 123456782 | write it without spaces",
                "vatnumber | FR44732829320 | it must end with COMPTAPPART_SELLER_SIREN (123456782)",
                "rcs | RCS Bordeaux 732 829 320 | its number must be COMPTAPPART_SELLER_SIREN",
                "vatregime | micro | write normal or franchise",
                "vatrate | 19.6 | no such rate is in force in France",
                "nature | service | write goods, services or mixed",
                "address.country | France | write the two letters",
                "address.postalcode | 3300 | write its 5 digits",
                "email | compta | write an address as compta@example.com",
                "invoiceprefix | f 2026 | COMPTAPPART_SELLER_INVOICEPREFIX is 'f 2026'",
                "creditnoteprefix | F | write another prefix than COMPTAPPART_SELLER_INVOICEPREFIX",
                "vatgroup.name | Groupe | COMPTAPPART_SELLER_VATGROUP_VATNUMBER"
            })
    void what_cannot_be_right_stops_the_start_in_every_mode(
            String key, String value, String sentence) {
        for (String liveKey : new String[] {"", "sk_live_x"}) {
            assertThatThrownBy(() -> sellers(wholeBut(key, value), liveKey))
                    .isInstanceOf(Misconfigured.class)
                    .hasMessageContaining("COMPTAPPART_SELLER_")
                    .hasMessageContaining(sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vatrate, 5.50",
        "vatrate, 8.5",
        "rcs, Bordeaux",
        "rcs, ''",
        "siret, ''",
        "vatregime, franchise",
        "address.country, RE"
    })
    void what_can_be_right_does_not(String key, String value) {
        assertThatCode(() -> sellers(wholeBut(key, value), "sk_live_x")).doesNotThrowAnyException();
    }

    @Test
    void the_branches_of_la_poste_have_no_check_digit() {
        var post = wholeBut("siren", "356000000");
        post.put("siret", "35600000000048");
        post.put("vatnumber", "FR39356000000");
        post.put("rcs", "RCS Paris 356 000 000");
        assertThatCode(() -> sellers(post, "sk_live_x")).doesNotThrowAnyException();
        post.put("siret", "35600000049837");
        assertThatCode(() -> sellers(post, "sk_live_x")).doesNotThrowAnyException();
    }

    @Test
    void test_mode_needs_no_seller_and_live_mode_a_whole_one() {
        var staged = sellers(Map.of(), "").sellerOf(PartnerId.UNASSIGNED, Environment.STAGING);
        assertThat(staged.name()).contains("non configuré");
        assertThatThrownBy(() -> sellers(Map.of(), "sk_live_x"))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("COMPTAPPART_SELLER_NAME")
                .hasMessageContaining("COMPTAPPART_SELLER_VATNUMBER");
    }
}
