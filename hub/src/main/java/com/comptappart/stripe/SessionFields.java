package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Reason;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import com.comptappart.order.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The fields of a Checkout Session, in the shapes of all API versions. */
final class SessionFields {

    /** Stripe's own limit is twelve digits; sums of these stay far from overflow. */
    private static final long MOST = 999_999_999_999_999L;

    /** The year 9999, where PostgreSQL's and ISO's dates still agree. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private SessionFields() {}

    static String required(JsonNode object, String field) {
        String value = object.path(field).asString("");
        if (value.isEmpty()) {
            throw new Unreadable(Reason.FIELD_MISSING.text(field));
        }
        return Clean.line(value);
    }

    /** A Stripe id, which becomes part of a path and of keys. */
    static String id(JsonNode value, String what) {
        String id = value.asString("");
        if (!id.matches("[A-Za-z0-9_.:-]{1,255}")) {
            throw new Unreadable(Reason.ID_MISSING.text(what));
        }
        return id;
    }

    /** The id of an object that stands there whole or as its id; empty where there is none. */
    static String reference(JsonNode value, String what) {
        var id = value.isObject() ? value.path("id") : value;
        return id.asString("").isEmpty() ? "" : id(id, what);
    }

    /** An integer in minor units; money is never guessed. */
    static long amount(JsonNode object, String field) {
        long amount = signed(object, field);
        if (amount < 0) {
            throw new Unreadable(Reason.FIELD_WRONG.text(field, amount));
        }
        return amount;
    }

    /** An integer in minor units that may be negative, as a credit is. */
    static long signed(JsonNode object, String field) {
        var value = object.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Unreadable(Reason.FIELD_NO_INTEGER.text(field));
        }
        long amount = value.longValue();
        if (amount < -MOST || amount > MOST) {
            throw new Unreadable(Reason.FIELD_WRONG.text(field, amount));
        }
        return amount;
    }

    static long signedOrZero(JsonNode object, String field) {
        var value = object.path(field);
        return value.isMissingNode() || value.isNull() ? 0 : signed(object, field);
    }

    static long amountOrZero(JsonNode object, String field) {
        var value = object.path(field);
        return value.isMissingNode() || value.isNull() ? 0 : amount(object, field);
    }

    /** Unix seconds; null where there are none, or none that can be. */
    static @Nullable Instant time(JsonNode value, Instant now) {
        long latest = now.plus(Duration.ofDays(1)).getEpochSecond();
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            return null;
        }
        long seconds = value.longValue();
        return seconds <= 0 || seconds > latest ? null : Instant.ofEpochSecond(seconds);
    }

    /** Unix seconds that may lie in the future; null where there are none. */
    static @Nullable Instant moment(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            return null;
        }
        long seconds = value.longValue();
        return seconds <= 0 || seconds > LAST_SECOND ? null : Instant.ofEpochSecond(seconds);
    }

    /** Whether it can be a time of Stripe's; one ahead of our clock can, for clocks differ. */
    static boolean isMoment(Instant time) {
        return time.getEpochSecond() > 0 && time.getEpochSecond() <= LAST_SECOND;
    }

    static Currency currency(JsonNode session) {
        String code = required(session, "currency");
        try {
            var currency = Currency.ofStripe(code);
            // The JDK knows which codes exist; how many decimals Stripe gives them it does not.
            java.util.Currency.getInstance(currency.code());
            return currency;
        } catch (IllegalArgumentException e) {
            throw new Unreadable(Reason.CURRENCY_UNKNOWN.text(code));
        }
    }

    static Buyer buyer(JsonNode session) {
        var details = session.path("customer_details");
        var collected = session.path("collected_information");
        String company = first(details.path("business_name"), collected.path("business_name"));
        String person =
                first(
                        details.path("name"),
                        details.path("individual_name"),
                        collected.path("individual_name"));
        return buyer(
                person.isEmpty() ? company : person,
                first(details.path("email"), session.path("customer_email")),
                first(details.path("phone")),
                details.path("address"),
                details.path("tax_ids"),
                company,
                session.path("locale").asString(""));
    }

    /** As Stripe froze the buyer when it finalised the invoice; it holds no language. */
    static Buyer buyerOfInvoice(JsonNode invoice) {
        return buyer(
                first(invoice.path("customer_name")),
                first(invoice.path("customer_email")),
                first(invoice.path("customer_phone")),
                invoice.path("customer_address"),
                invoice.path("customer_tax_ids"),
                "",
                "");
    }

    static Buyer buyerOfCustomer(JsonNode customer) {
        return buyer(
                first(customer.path("name")),
                first(customer.path("email")),
                first(customer.path("phone")),
                customer.path("address"),
                MissingNode.getInstance(),
                "",
                customer.path("preferred_locales").path(0).asString(""));
    }

    private static Buyer buyer(
            String name,
            String email,
            String phone,
            JsonNode address,
            JsonNode ids,
            String company,
            String locale) {
        var taxIds = TaxIds.of(ids);
        String country = address.path("country").asString("");
        return new Buyer(
                text(name),
                text(email.strip()),
                text(phone),
                text(first(address.path("line1"))),
                text(first(address.path("line2"))),
                text(first(address.path("postal_code"))),
                text(first(address.path("city"))),
                country.matches("[A-Z]{2}") ? country : null,
                taxIds.siren(),
                taxIds.vatNumber(),
                !company.isEmpty() || taxIds.any(),
                locale(locale),
                company.equals(name) ? null : text(company),
                text(first(address.path("state"))));
    }

    /** Whether there is no email, which is allowed, or one that may be an address. */
    static boolean canBeWrittenTo(Buyer buyer) {
        String email = buyer.email();
        return email == null || email.matches("[^\\s@]{1,64}@[^\\s@]{1,190}");
    }

    static List<CustomField> customFields(JsonNode session) {
        var fields = new ArrayList<CustomField>();
        for (JsonNode field : session.path("custom_fields")) {
            var answer = field.path(field.path("type").asString("text")).path("value");
            fields.add(
                    new CustomField(
                            first(field.path("key")),
                            first(field.path("label").path("custom")),
                            Clean.lines(answer.asString(""))));
        }
        return fields;
    }

    /** An invoice's own: a name and a value, at most four. */
    static List<CustomField> customFieldsOfInvoice(JsonNode invoice) {
        var fields = new ArrayList<CustomField>();
        for (JsonNode field : invoice.path("custom_fields")) {
            String name = first(field.path("name"));
            fields.add(new CustomField(name, name, Clean.lines(field.path("value").asString(""))));
        }
        return fields;
    }

    /** Where a session's goods go, in the places where its versions say it; null where none is. */
    static @Nullable Delivery delivery(JsonNode session) {
        var now = session.path("collected_information").path("shipping_details");
        var old = session.path("shipping_details");
        return deliveryTo(now.isObject() ? now : old.isObject() ? old : session.path("shipping"));
    }

    static @Nullable Delivery deliveryOfInvoice(JsonNode invoice) {
        var own = invoice.path("shipping_details");
        return deliveryTo(own.isObject() ? own : invoice.path("customer_shipping"));
    }

    private static @Nullable Delivery deliveryTo(JsonNode details) {
        var address = details.path("address");
        String country = address.path("country").asString("");
        if (!address.isObject()) {
            return null;
        }
        return new Delivery(
                text(first(details.path("name"))),
                text(first(address.path("line1"))),
                text(first(address.path("line2"))),
                text(first(address.path("postal_code"))),
                text(first(address.path("city"))),
                country.matches("[A-Z]{2}") ? country : null,
                text(first(address.path("state"))));
    }

    static Map<String, String> metadata(JsonNode session) {
        return texts(session.path("metadata"));
    }

    /** An object's texts, in Stripe's order. */
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> metadata = new LinkedHashMap<>();
        object.properties()
                .forEach(entry ->
                        metadata.put(
                                Clean.line(entry.getKey()),
                                Clean.lines(entry.getValue().asString(""))));
        return metadata;
    }

    private static String locale(String stripe) {
        return stripe.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,4})?") ? stripe : "";
    }

    private static String first(JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            String value = candidate.asString("");
            if (!value.isBlank()) {
                return Clean.line(value);
            }
        }
        return "";
    }

    private static @Nullable String text(String value) {
        return value.isBlank() ? null : value;
    }
}
