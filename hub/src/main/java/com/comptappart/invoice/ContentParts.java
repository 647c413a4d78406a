package com.comptappart.invoice;

import static com.comptappart.invoice.JsonBytes.ascii;

import com.comptappart.kernel.VatCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of an {@link InvoiceContent}, each read from behind its opening brace to its end. */
final class ContentParts {

    private static final byte[] NAME = ascii("\"name\":");
    private static final byte[] LEGAL_FORM = ascii(",\"legalForm\":");
    private static final byte[] CAPITAL = ascii(",\"capital\":");
    private static final byte[] LINE1 = ascii(",\"line1\":");
    private static final byte[] LINE2 = ascii(",\"line2\":");
    private static final byte[] POSTAL_CODE = ascii(",\"postalCode\":");
    private static final byte[] CITY = ascii(",\"city\":");
    private static final byte[] COUNTRY = ascii(",\"country\":");
    private static final byte[] SIREN = ascii(",\"siren\":");
    private static final byte[] SIRET = ascii(",\"siret\":");
    private static final byte[] RCS = ascii(",\"rcs\":");
    private static final byte[] VAT_NUMBER = ascii(",\"vatNumber\":");
    private static final byte[] FRANCHISE = ascii(",\"franchise\":");
    private static final byte[] VAT_ON_DEBITS = ascii(",\"vatOnDebits\":");
    private static final byte[] EMAIL = ascii(",\"email\":");
    private static final byte[] PHONE = ascii(",\"phone\":");
    private static final byte[] WEBSITE = ascii(",\"website\":");
    private static final byte[] TERMS_URL = ascii(",\"termsUrl\":");
    private static final byte[] FOOTER = ascii(",\"footer\":");
    private static final byte[] BUSINESS = ascii(",\"business\":");
    private static final byte[] CONTACT = ascii(",\"contact\":");
    private static final byte[] STATE = ascii(",\"state\":");

    private static final byte[] LINE_NAME = ascii("{\"name\":");
    private static final byte[] QUANTITY = ascii(",\"quantity\":");
    private static final byte[] NET = ascii(",\"net\":");
    private static final byte[] VAT = ascii(",\"vat\":");
    private static final byte[] VAT_RATE = ascii(",\"vatRate\":");
    private static final byte[] CATEGORY = ascii(",\"category\":");
    private static final byte[] EXEMPTION = ascii(",\"exemption\":{\"code\":");
    private static final byte[] TEXT = ascii(",\"text\":");
    private static final byte[] VAT_COUNTRY = ascii(",\"vatCountry\":");

    private static final byte[] PAID_AT = ascii("\"paidAt\":");
    private static final byte[] METHOD = ascii(",\"method\":");
    private static final byte[] LAST4 = ascii(",\"last4\":");
    private static final byte[] REFERENCE = ascii(",\"reference\":");
    private static final byte[] BALANCE = ascii(",\"balanceMinor\":");
    private static final byte[] REDUCED = ascii(",\"reducedMinor\":");

    private static final byte[] NOTES = ascii("\"notes\":[");
    private static final byte[] SUBJECT = ascii("{\"subject\":");
    private static final byte[] PRINTED = ascii(",\"printed\":");
    private static final byte[] DELIVER_TO = ascii(",\"deliverTo\":{\"name\":");
    private static final byte[] PURCHASE_ORDER = ascii(",\"purchaseOrder\":");
    private static final byte[] BRAND = ascii(",\"brand\":");
    private static final byte[] NATURE = ascii(",\"nature\":");

    private static final byte[] COMMA = ascii(",");
    private static final byte[] CLOSED = ascii("}");
    private static final byte[] LIST_CLOSED = ascii("]");

    private ContentParts() {}

    static String text(JsonBytes json, byte[] field) {
        json.expect(field);
        return json.text();
    }

    private static @Nullable String textOrNull(JsonBytes json, byte[] field) {
        json.expect(field);
        return json.textOrNull();
    }

    private static @Nullable String optional(JsonBytes json, byte[] field) {
        return json.skips(field) ? json.text() : null;
    }

    private static boolean flag(JsonBytes json, byte[] field) {
        json.expect(field);
        return json.flag();
    }

    private static long number(JsonBytes json, byte[] field) {
        json.expect(field);
        return json.number();
    }

    /** One in a VAT group is left to Jackson. */
    static SellerSnapshot seller(JsonBytes json) {
        var seller =
                new SellerSnapshot(
                        text(json, NAME),
                        text(json, LEGAL_FORM),
                        text(json, CAPITAL),
                        text(json, LINE1),
                        text(json, LINE2),
                        text(json, POSTAL_CODE),
                        text(json, CITY),
                        text(json, COUNTRY),
                        text(json, SIREN),
                        text(json, SIRET),
                        text(json, RCS),
                        text(json, VAT_NUMBER),
                        flag(json, FRANCHISE),
                        flag(json, VAT_ON_DEBITS),
                        text(json, EMAIL),
                        text(json, PHONE),
                        text(json, WEBSITE),
                        text(json, TERMS_URL),
                        text(json, FOOTER),
                        null);
        json.expect(CLOSED);
        return seller;
    }

    static Party buyer(JsonBytes json) {
        var buyer =
                new Party(
                        textOrNull(json, NAME),
                        textOrNull(json, EMAIL),
                        textOrNull(json, PHONE),
                        textOrNull(json, LINE1),
                        textOrNull(json, LINE2),
                        textOrNull(json, POSTAL_CODE),
                        textOrNull(json, CITY),
                        textOrNull(json, COUNTRY),
                        textOrNull(json, SIREN),
                        textOrNull(json, VAT_NUMBER),
                        flag(json, BUSINESS),
                        optional(json, CONTACT),
                        optional(json, STATE));
        json.expect(CLOSED);
        return buyer;
    }

    static InvoiceLine line(JsonBytes json) {
        String name = text(json, LINE_NAME);
        long quantity = number(json, QUANTITY);
        long net = number(json, NET);
        long vat = number(json, VAT);
        json.expect(VAT_RATE);
        var rate = json.decimal();
        json.expect(CATEGORY);
        var category = VatCategory.valueOf(json.text());
        Exemption exemption = null;
        if (json.skips(EXEMPTION)) {
            exemption = new Exemption(json.text(), text(json, TEXT));
            json.expect(CLOSED);
        }
        String nature = optional(json, NATURE);
        String country = optional(json, VAT_COUNTRY);
        json.expect(CLOSED);
        return new InvoiceLine(
                name,
                quantity,
                net,
                vat,
                rate,
                category,
                exemption,
                nature == null ? null : Nature.valueOf(nature),
                country);
    }

    static Payment payment(JsonBytes json) {
        json.expect(PAID_AT);
        return new Payment(
                Instant.parse(json.text()),
                text(json, METHOD),
                textOrNull(json, LAST4),
                text(json, REFERENCE),
                json.skips(BALANCE) ? (Long) json.number() : null,
                json.skips(REDUCED) ? (Long) json.number() : null);
    }

    static Terms terms(JsonBytes json) {
        json.expect(NOTES);
        List<Note> notes = new ArrayList<>();
        if (!json.skips(LIST_CLOSED)) {
            do {
                notes.add(new Note(text(json, SUBJECT), text(json, TEXT), flag(json, PRINTED)));
                json.expect(CLOSED);
            } while (json.skips(COMMA));
            json.expect(LIST_CLOSED);
        }
        var deliverTo = json.skips(DELIVER_TO) ? deliverTo(json) : null;
        var terms =
                new Terms(notes, deliverTo, optional(json, PURCHASE_ORDER), optional(json, BRAND));
        json.expect(CLOSED);
        return terms;
    }

    private static DeliverTo deliverTo(JsonBytes json) {
        var place =
                new DeliverTo(
                        json.textOrNull(),
                        textOrNull(json, LINE1),
                        textOrNull(json, LINE2),
                        textOrNull(json, POSTAL_CODE),
                        textOrNull(json, CITY),
                        text(json, COUNTRY),
                        optional(json, STATE));
        json.expect(CLOSED);
        return place;
    }
}
