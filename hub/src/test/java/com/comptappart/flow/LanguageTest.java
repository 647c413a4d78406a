package com.comptappart.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.order.Buyer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which language a buyer gets documents and mails. */
class LanguageTest {

    @ParameterizedTest
    @CsvSource({
        "FR, false, en, fr",
        "FR, false, fr, fr",
        "FR, true, en, en",
        "FR, true, de, fr",
        "RE, false, en, fr",
        ", false, en, fr",
        ", true, en, en",
        ", false, '', fr",
        "DE, false, de, en",
        "DE, true, '', en",
        "DE, false, fr-FR, fr",
        "US, false, en-US, en",
        "BE, false, '', fr",
        "BE, false, en-GB, en"
    })
    void consumers_in_france_read_french_and_others_what_they_asked_for_or_english(
            @Nullable String country, boolean business, String locale, String language) {
        var buyer =
                new Buyer(
                        "Marie Martin",
                        "marie@example.com",
                        null,
                        null,
                        null,
                        null,
                        null,
                        country,
                        null,
                        null,
                        business,
                        locale);
        assertThat(Snapshot.language(buyer)).isEqualTo(language);
    }
}
