package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Reason;
import com.comptappart.kernel.Said;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What modules store of why something waits or failed, in the language of who reads it. */
class ReasonsTest {

    private static final Words FRENCH = words(Locale.FRENCH);
    private static final Words ENGLISH = words(Locale.ENGLISH);

    private static Words words(Locale locale) {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Words(messages, locale);
    }

    /** As many values as the reason has places. */
    private static List<String> values(Reason reason) {
        for (int count = 0; count < 6; count++) {
            try {
                var values =
                        IntStream.range(0, count).mapToObj(number -> "value-" + number).toList();
                reason.text(values.toArray());
                return values;
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        throw new AssertionError(reason + " has too many places");
    }

    @ParameterizedTest
    @EnumSource
    void each_is_taken_apart_as_it_was_written_and_has_its_french_words(Reason reason) {
        var values = values(reason);
        String stored = reason.text(values.toArray());
        assertThat(Said.all(stored)).containsExactly(new Said(reason, values));
        assertThat(ENGLISH.reason(stored)).isEqualTo(stored);
        String french = FRENCH.reason(stored);
        assertThat(french).isNotEqualTo(stored).doesNotContain("''", "{0}");
        assertThat(values).allSatisfy(value -> assertThat(french).contains(value));
    }

    @Test
    void no_french_words_are_left_of_a_reason_that_is_gone() {
        var codes = Arrays.stream(Reason.values()).map(Reason::code).toList();
        assertThat(
                        ResourceBundle.getBundle("messages", Locale.ROOT).keySet().stream()
                                .filter(key -> key.startsWith("reason.")))
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void a_reason_within_a_reason_is_translated_too() {
        assertThat(
                        FRENCH.reason(
                                Reason.ENDPOINT_DISABLED.text(
                                        Reason.ENDPOINT_FAILED_FOR_DAYS.text())))
                .isEqualTo(
                        "le point de réception est désactivé : il a échoué pendant 5 jours de suite");
        assertThat(
                        FRENCH.reason(
                                "given up after 24 hours; put off by the mail server: 451 4.7.1; try later"))
                .isEqualTo(
                        "abandonné après 24 heures ; remis à plus tard par le serveur de messagerie : 451 4.7.1; try later");
    }

    @Test
    void reasons_that_stand_together_are_told_one_after_the_other() {
        String untaxed =
                Reason.VAT_NOT_TAKEN_BUT_DUE.text(
                        "Guide", Reason.REVERSE_WITHOUT_BUYER_NUMBER.text(), "20");
        String stored = String.join(Said.AND, untaxed, Reason.EMAIL_UNUSABLE.text());
        assertThat(FRENCH.reason(stored))
                .isEqualTo(
                        "Stripe n’a pas pris de TVA sur « Guide » : il dit autoliquidation, mais le client n’a pas donné"
                                + " de numéro de TVA ; facturé avec 20 % inclus ; l’e-mail du client n’est pas une"
                                + " adresse : aucun message ne peut l’atteindre");
    }

    @Test
    void what_is_no_reason_of_ours_is_shown_as_it_is() {
        for (String text :
                List.of("", "The account has insufficient funds.", "550 5.1.1 no such user; bye")) {
            assertThat(FRENCH.reason(text)).isEqualTo(text);
        }
    }
}
