package com.comptappart.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was typed on the payment page: checked field by field; card fields are never kept or shown
 * again.
 */
final class PayForm {

    private static final int LONGEST = 300;
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s<>\"]+@[^@\\s<>\"]+\\.[^@\\s<>\"]+");

    private final Map<String, String> fields;
    private final PaymentView view;
    private final Words words;
    private final Map<String, String> errors = new LinkedHashMap<>();
    private @Nullable Instrument instrument;

    PayForm(Map<String, String> fields, PaymentView view) {
        this.fields = fields;
        this.view = view;
        this.words = view.words();
    }

    void check(long nowSecond) {
        if (!EMAIL.matcher(email()).matches()) {
            errors.put("email", words.badEmail());
        }
        for (String name : List.of("name", "line1", "postal_code", "city")) {
            if (field(name).isEmpty()) {
                errors.put(name, words.required());
            }
        }
        if (!Words.isCountry(field("country"))) {
            errors.put("country", words.required());
        }
        JsonNode session = view.session();
        if (SessionShipping.asksWhere(session)
                && !SessionShipping.delivers(session, field("country"))) {
            errors.put("country", words.noDelivery());
        }
        fields.forEach((name, value) -> {
            if (value.length() > LONGEST) {
                errors.put(name, words.tooLong());
            }
        });
        checkTaxId();
        checkCustomFields();
        if (view.needsNoPayment()) {
            return;
        }
        List<String> offered = Json.texts(view.session().path("payment_method_types"));
        if (MethodFields.chosen(offered, fields).equals(MethodTypes.CARD)) {
            checkCard(nowSecond);
        } else {
            checkAccount();
        }
    }

    static boolean isEmail(String text) {
        return text.length() <= LONGEST && EMAIL.matcher(text).matches();
    }

    Map<String, String> errors() {
        return errors;
    }

    /** Empty where nothing is to be paid and the shop asks for a payment method only if needed. */
    Optional<Instrument> instrument() {
        return Optional.ofNullable(instrument);
    }

    /** A promotion code that was typed and is not in the sums yet. */
    String code() {
        return view.session().path("discounts").isEmpty() ? field("promotion_code") : "";
    }

    /** The delivery that was chosen, where it is not the one in the sums. */
    Optional<String> otherDelivery() {
        String chosen = field("shipping_rate");
        boolean same =
                view.session()
                        .path("shipping_cost")
                        .path("shipping_rate")
                        .asString("")
                        .equals(chosen);
        return chosen.isEmpty() || same ? Optional.empty() : Optional.of(chosen);
    }

    void refuseCode() {
        errors.put("promotion_code", words.badCode());
    }

    Buyer buyer() {
        var address =
                new Buyer.Address(
                        field("line1"),
                        orNull("line2"),
                        field("postal_code"),
                        field("city"),
                        field("country"));
        List<Buyer.TaxId> taxIds =
                taxId().isEmpty() ? List.of() : List.of(new Buyer.TaxId("eu_vat", taxId()));
        return new Buyer(
                email(), field("name"), orNull("phone"), address, orNull("business_name"), taxIds);
    }

    Map<String, String> answers() {
        var answers = new LinkedHashMap<String, String>();
        for (JsonNode field : view.session().path("custom_fields")) {
            String key = field.path("key").asString();
            answers.put(key, field("custom_" + key));
        }
        return answers;
    }

    /** What the page shows again: everything but the numbers of card and account. */
    Map<String, String> kept() {
        var kept = new LinkedHashMap<>(fields);
        kept.keySet().removeIf(Fields::isSecret);
        return kept;
    }

    private void checkTaxId() {
        boolean asked = view.session().path("tax_id_collection").path("enabled").asBoolean(false);
        if (asked && !taxId().isEmpty() && !taxId().matches("[A-Z]{2}[A-Z0-9]{2,13}")) {
            errors.put("tax_id", words.badTaxId());
        }
    }

    private void checkCustomFields() {
        for (JsonNode field : view.session().path("custom_fields")) {
            String name = "custom_" + field.path("key").asString();
            if (!CustomField.accepts((ObjectNode) field, field(name))) {
                errors.put(name, field(name).isEmpty() ? words.required() : words.badAnswer());
            }
        }
    }

    private void checkCard(long nowSecond) {
        instrument = new TypedCard(fields, words).read(nowSecond, errors).orElse(null);
    }

    private void checkAccount() {
        Optional<TestIban> known = TestIban.of(field("iban"));
        if (known.isEmpty()) {
            errors.put("iban", field("iban").isEmpty() ? words.required() : words.notATestIban());
        }
        known.ifPresent(account -> instrument = new Instrument.SepaDebit(account));
    }

    /** An address that the shop gave cannot be changed by the buyer, as on Checkout. */
    private String email() {
        return view.session().path("customer_email").asString("").isEmpty()
                ? field("email")
                : view.session().path("customer_email").asString();
    }

    private String taxId() {
        return field("tax_id").replaceAll("[\\s.-]", "").toUpperCase(java.util.Locale.ROOT);
    }

    private String field(String name) {
        return fields.getOrDefault(name, "").replaceAll("\\p{Cntrl}", " ").strip();
    }

    private @Nullable String orNull(String name) {
        return field(name).isEmpty() ? null : field(name);
    }
}
