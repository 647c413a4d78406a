package com.comptappart.sandbox;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the payment page says, in French unless English is asked for. */
final class Words {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final Map<String, String> FRENCH_DECLINES =
            Map.of(
                    "insufficient_funds", "Votre carte a été refusée : provision insuffisante.",
                    "lost_card", "Votre carte a été refusée : carte déclarée perdue.",
                    "stolen_card", "Votre carte a été refusée : carte déclarée volée.",
                    "expired_card", "Votre carte est expirée.",
                    "incorrect_cvc", "Le code de sécurité de votre carte est incorrect.",
                    "processing_error",
                            "Une erreur est survenue pendant le traitement de votre carte. Réessayez.",
                    "incorrect_number", "Le numéro de votre carte est incorrect.");

    private static final Map<String, String> ENGLISH_DECLINES =
            Map.of(
                    "insufficient_funds", "Your card was declined: insufficient funds.",
                    "lost_card", "Your card was declined: reported lost.",
                    "stolen_card", "Your card was declined: reported stolen.",
                    "expired_card", "Your card has expired.",
                    "incorrect_cvc", "Your card's security code is incorrect.",
                    "processing_error", "An error occurred while processing your card. Try again.",
                    "incorrect_number", "Your card number is incorrect.");

    private static final Words FRENCH = new Words(false);
    private static final Words ENGLISH = new Words(true);

    private final boolean english;
    private final List<Country> countries;

    private Words(boolean english) {
        this.english = english;
        this.countries = countriesIn(english ? Locale.UK : Locale.FRANCE);
    }

    static Words of(String sessionLocale, Optional<String> acceptLanguage) {
        boolean undecided = sessionLocale.isEmpty() || sessionLocale.equals("auto");
        String language = undecided ? acceptLanguage.orElse("fr") : sessionLocale;
        return language.toLowerCase(Locale.ROOT).startsWith("en") ? ENGLISH : FRENCH;
    }

    static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    record Country(String code, String name) {}

    List<Country> countries() {
        return countries;
    }

    Locale locale() {
        return english ? Locale.UK : Locale.FRANCE;
    }

    String language() {
        return english ? "en" : "fr";
    }

    String declined(TestCard.Declines why) {
        return (english ? ENGLISH_DECLINES : FRENCH_DECLINES)
                .getOrDefault(
                        why.declineCode(),
                        say(
                                "Votre carte a été refusée. Essayez avec une autre carte.",
                                "Your card was declined. Try another card."));
    }

    String notATestCard() {
        return say(
                "Ce n'est pas une carte de test de Stripe. Ne saisissez jamais une vraie carte ici : ce numéro n'a été ni"
                        + " enregistré ni transmis. Utilisez 4242 4242 4242 4242.",
                "This is not one of Stripe's test cards. Never type a real card here: this number was neither stored nor"
                        + " sent anywhere. Use 4242 4242 4242 4242.");
    }

    String notATestIban() {
        return say(
                "Ce n'est pas un IBAN de test de Stripe. Ne saisissez jamais un vrai IBAN ici : il n'a été ni enregistré"
                        + " ni transmis. Utilisez FR1420041010050500013M02606.",
                "This is not one of Stripe's test IBANs. Never type a real one here: it was neither stored nor sent"
                        + " anywhere. Use FR1420041010050500013M02606.");
    }

    String banner() {
        return say(
                "Bac à sable : aucun paiement réel. Ne saisissez que des cartes de test.",
                "Sandbox: no real payment. Type test cards only.");
    }

    String expired() {
        return say(
                "Cette page de paiement a expiré. Rien n'a été débité.",
                "This payment page has expired. Nothing was charged.");
    }

    String noSession() {
        return say("Cette page de paiement n'existe pas.", "There is no such payment page.");
    }

    String noDelivery() {
        return say("Pas de livraison dans ce pays.", "No delivery to this country.");
    }

    String deliveryChosen() {
        return say(
                "Le total comprend cette livraison : rien n'est encore débité.",
                "The total includes this delivery: nothing is charged yet.");
    }

    String linkClosed() {
        return say("Ce lien de paiement n'est plus actif.", "This payment link is not active.");
    }

    String paid() {
        return say("Paiement effectué.", "Payment done.");
    }

    String badEmail() {
        return say("Adresse e-mail non valide.", "Not a valid email address.");
    }

    String required() {
        return say("À remplir.", "Required.");
    }

    String tooLong() {
        return say("Texte trop long.", "Too long.");
    }

    String badAnswer() {
        return say("Cette réponse ne convient pas.", "This answer does not fit.");
    }

    String badTaxId() {
        return say("Numéro de TVA non valide.", "Not a valid VAT number.");
    }

    String badCode() {
        return say(
                "Ce code promotionnel n'existe pas ou n'est plus valable.",
                "There is no such promotion code, or it is no longer valid.");
    }

    String codeApplied() {
        return say(
                "Code appliqué. Vérifiez le nouveau total, saisissez de nouveau votre carte et confirmez.",
                "Code applied. Check the new total, type your card again and confirm.");
    }

    String badCvc() {
        return say("Trois ou quatre chiffres.", "Three or four digits.");
    }

    String badExpiry() {
        return say("Date d'expiration non valide ou passée.", "Not a valid date, or in the past.");
    }

    String say(String french, String inEnglish) {
        return english ? inEnglish : french;
    }

    private static List<Country> countriesIn(Locale language) {
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(code, Locale.of("", code).getDisplayCountry(language)))
                .sorted(Comparator.comparing(country -> sortKey(country.name())))
                .toList();
    }

    private static String sortKey(String name) {
        return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
