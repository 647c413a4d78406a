package com.comptappart.kernel;

import java.util.Locale;

/**
 * Why something waits, failed, or wants a person to look at it. What is stored and what the API
 * says is the English text, with values in its places; pages say it in the reader's language, by
 * {@link Said}. A text that was stored once is never changed here: a new one is added.
 */
public enum Reason {
    LINES_OF_SESSION_MISSING("Stripe names no line of the session {}"),
    LINES_OF_INVOICE_MISSING("Stripe names no line of the invoice {}"),
    LINES_DO_NOT_ADD_UP("the lines of {} add up to {}, but {} (minor units) was charged"),
    LINE_TAX_IMPOSSIBLE("the line '{}' is charged {} with a tax of {}"),
    LINE_ALL_TAX("the line '{}' is charged nothing but tax"),
    PRICE_TIERS_TOO_MANY("a price has {} tiers"),
    PRODUCT_FORGOTTEN(
            "Stripe no longer knows the product {}: its partner and VAT rate are those of the sale "
                    + "and the seller"),
    PARTNER_UNKNOWN("no partner has the id or slug '{}'"),
    EMAIL_UNUSABLE("the buyer's email is no address: no mail can reach it"),
    BUYER_WITHOUT_ADDRESS(
            "the buyer's name or address is missing, which an invoice must say (CGI ann. II art. 242 "
                    + "nonies A): let Stripe's page ask for it (billing_address_collection: required)"),
    BUYER_WITHOUT_SIREN(
            "the buyer is a French business without a SIREN, which its invoice must say (CGI ann. II "
                    + "art. 242 nonies A): let Stripe's page ask for it (tax_id_collection)"),
    FRENCH_NUMBER_ABROAD(
            "the buyer's VAT number is French, but its address is in {}: ask which establishment "
                    + "bought, it decides the VAT"),
    COVERAGE_UNREADABLE(
            "the metadata 'coverage' is no array of {year, property: {external_id, name}}"),

    SESSION_MANAGED("managed_payments: Stripe is the seller, and the invoice is Stripe's"),
    SESSION_OF_SUBSCRIPTION("the subscription's invoices make its orders"),
    SESSION_SELLS_NOTHING("mode {} sells nothing"),
    SESSION_INVOICE_IS_ORDER("its invoice {} is an order already"),
    SESSION_AWAITS_FUNDS("awaiting funds: nothing is invoiced before the money is there"),
    SESSION_STATUS_UNKNOWN("unknown payment_status {}"),
    INVOICE_NOT_PAID("the invoice is told as paid, but its status is {}"),
    INVOICE_CREDITS_TOLD("the invoice credits the customer's balance: its invoice.paid says so"),
    INVOICE_CREDITS(
            "the invoice credits {} (minor units) to the customer's balance: no money moved, and "
                    + "whether a credit note is due must be decided"),
    CREDIT_NAMES_NO_ORDER(
            "the invoice credits {} (minor units) and belongs to no subscription: in Stripe, write "
                    + "the number of the order that it corrects into its metadata as {}, then read "
                    + "this event again"),
    CREDIT_BEFORE_PAYMENT("what it takes off before the payment, its invoice tells"),
    CREDIT_IS_REFUND("its refund is told apart"),
    BALANCE_IN_DOUBT(
            "Stripe says that the customer's balance paid {} of this invoice (minor units), but {} "
                    + "of it is not paid otherwise"),
    INVOICE_OF_NOTHING("nothing was sold: the invoice of a trial or of a free price"),
    INVOICE_OF_NO_SUBSCRIPTION("the invoice belongs to no subscription"),
    INVOICE_OF_SESSION("the invoice {} belongs to a session, which is the order"),
    PAYMENT_NO_SALE("the payment was no sale through Checkout or an invoice"),
    REFUNDS_MISSING("Stripe names no refund of the charge {}"),
    REFUND_STATUS_UNKNOWN("unknown status of a refund: {}"),

    FIELD_MISSING("the field '{}' is missing"),
    FIELD_NO_INTEGER("the field '{}' is missing or no integer"),
    FIELD_WRONG("the field '{}' is {}"),
    ID_MISSING("{} is missing or no Stripe id"),
    CURRENCY_UNKNOWN("unknown currency: {}"),
    EVENT_UNREADABLE("can't be read: {}"),
    OBJECT_OF_OTHER_MODE(
            "the event and its object are not of the same mode of Stripe's, live or test: nothing is "
                    + "made of it"),
    EVENT_NOT_RECORDED("could not be recorded: {}"),
    EVENT_AWAITS_STEP("waits for another step"),
    EVENT_AWAITS_ORDER("waits for the order that was paid by {}"),
    EVENT_TIED("another update of the same second is known; Stripe is asked"),
    DATABASE_FAILED("our database failed"),
    SUBSCRIPTION_UNKNOWN("nothing is known of {} yet"),
    SESSION_MAY_COME("Stripe does not tell which session began {}; its event may still come"),
    THIN_EVENT_ELSEWHERE(
            "the thin event's related_object.url is no path under /v1: nothing is fetched"),
    THIN_OBJECT_UNKNOWN(
            "Stripe does not know {}: if it is a connected account's, bind the partner to it"),

    STRIPE_UNKNOWS("Stripe does not know {}"),
    STRIPE_LIST_TOO_LONG("{} has more than {} of them"),
    STRIPE_REFUSED("Stripe answered {} to {}: {}"),
    STRIPE_ANSWERED("Stripe answered {} to {}"),
    STRIPE_KEY_REFUSED("Stripe answered {} to {}: check {}"),
    STRIPE_KEY_MAY_NOT("Stripe answered {} to {}: check what the key in {} may do"),
    STRIPE_KEY_MISSING("no Stripe API key for {}: set {}"),
    STRIPE_TOO_SLOW("Stripe answers too slowly for all that is asked"),
    STRIPE_SILENT("Stripe gave no answer to {}: {}"),
    STRIPE_NO_JSON("Stripe's answer to {} is not JSON"),
    STRIPE_AWAY("Stripe is not available"),

    VAT_NOT_OF_RATE(
            "Stripe took a VAT of {} (minor units), which is not {} % of {}: the invoice says what "
                    + "that rate gives"),
    VAT_BY_EXEMPT_SELLER("Stripe took VAT although the seller is exempt (art. 293 B)"),
    TAX_OUTSIDE_UNION("Stripe took a tax of {}, which is no VAT of the Union"),
    VAT_DESPITE_NUMBER("Stripe took VAT of {} although the buyer gave a VAT number"),
    VAT_OF_OTHER_STATE_BUSINESS(
            "French VAT was taken from a business of another member state: turn on Stripe Tax, or "
                    + "set its customer to 'reverse' in Stripe"),
    VAT_NOT_TAKEN("Stripe took no VAT on '{}': {}"),
    VAT_NOT_TAKEN_BUT_DUE("Stripe took no VAT on '{}': {}; invoiced with {} % included"),
    FRANCHISE_WITHOUT_NUMBER(
            "a service to a business of another member state is reverse charge, for an exempt "
                    + "seller too: ask for a VAT number (CGI art. 286 ter) and set "
                    + "COMPTAPPART_SELLER_VATNUMBER"),
    REVERSE_WITHOUT_SELLER_NUMBER("it says reverse charge, which needs the seller's VAT number"),
    REVERSE_WITHOUT_BUYER_NUMBER("it says reverse charge, but the buyer gave no VAT number"),
    REVERSE_WITH_FRENCH_NUMBER(
            "it says reverse charge, but the buyer's VAT number is French: that of the country of "
                    + "its address is wanted"),
    REVERSE_IN_FRANCE("reverse charge for a buyer in France: check which article allows it"),
    ZERO_RATE("a rate of zero does not exist in France: check it"),
    ZERO_WITHOUT_GROUND(
            "a VAT rate of zero without a reason: name the article in the product's metadata "
                    + "vat_exemption (such as VATEX-FR-CGI261-4)"),
    EXEMPT_WITHOUT_ARTICLE(
            "Stripe says that {} is exempt: name the article in the metadata vat_exemption (such as "
                    + "VATEX-FR-CGI261-4)"),
    NO_GROUND_IN_LAW("it gives no reason that French law knows"),
    SERVICE_TO_CONSUMER_OVERSEAS(
            "'{}' was sold to a consumer in an overseas department and has its rules, which hold for "
                    + "electronic services; another one has the seller's rate (CGI art. 259, 2°): "
                    + "check it, or turn on Stripe Tax"),
    STRIPES_RATE_NOT_IN_FORCE(
            "Stripe took VAT of {} % on '{}', a rate that is not in force in France: correct the tax "
                    + "rate in Stripe, and have the seller's accountant say what to do with this sale"),
    VAT_TAKEN_ABROAD(
            "French VAT is in the price of '{}' although it went outside the Union, where it may not "
                    + "be due (CGI art. 259, 262 I): turn on Stripe Tax"),
    BUYERS_SIREN_WRONG("the buyer's SIREN {} has a wrong check digit: have the buyer correct it"),
    VAT_RATE_NOT_IN_FORCE(
            "the product {} has the metadata vat_rate '{}': no such rate is in force in France, "
                    + "correct it in Stripe, then read this event again"),
    VAT_RATE_UNREADABLE(
            "the product {} has the metadata vat_rate '{}': it must be a percentage such as 5.5"),

    INVOICE_NOT_DRAWN("can't be rendered: {}"),
    RATE_UNKNOWN(
            "no euro rate of {} for {}: an invoice in {} must say its VAT in euros. Point "
                    + "COMPTAPPART_EXCHANGE_FILE at the European Central Bank's eurofxref CSV, or set "
                    + "COMPTAPPART_EXCHANGE_RATES={}=…; the invoice is made then"),
    RATE_UNKNOWN_FILE_WRONG(
            "no euro rate of {} for {}: an invoice in {} must say its VAT in euros. Point "
                    + "COMPTAPPART_EXCHANGE_FILE at the European Central Bank's eurofxref CSV, or set "
                    + "COMPTAPPART_EXCHANGE_RATES={}=…; the invoice is made then ({})"),

    MAIL_NO_SERVER("SPRING_MAIL_HOST is not set"),
    MAIL_KEPT("staging: kept here, never sent to the buyer"),
    MAIL_AWAITS_ATTACHMENT("its attachment {} is not there yet"),
    MAIL_OUR_FAULT("a fault of ours: {}"),
    MAIL_GIVEN_UP("given up after 24 hours; {}"),
    MAIL_NO_CONNECTION("no connection"),
    MAIL_NO_ANSWER("the mail server gave no final answer: {}"),
    MAIL_REFUSED("refused by the mail server: {}"),
    MAIL_PUT_OFF("put off by the mail server: {}"),
    MAIL_WE_ARE_REFUSED(
            "our configuration: the mail server refuses us, check SPRING_MAIL_* and "
                    + "COMPTAPPART_MAIL_FROM: {}"),
    ADDRESS_MISSING("no address was given"),
    ADDRESS_INVISIBLE("the address has line breaks or control characters"),
    ADDRESS_FORM("the address is not of the form name@domain"),
    ADDRESS_TOO_LONG("the address is too long: 254 characters, 64 before the @"),
    ADDRESS_LETTERS(
            "the part before the @ has letters other than ASCII, which few mail servers take"),
    ADDRESS_REFUSED("the address is not one that mail servers take"),

    ENDPOINT_MISSING("no endpoint wants it"),
    ENDPOINT_DISABLED("the endpoint is disabled: {}"),
    ENDPOINT_PAUSED("the endpoint is paused"),
    ENDPOINT_DELETED("the endpoint was deleted"),
    ENDPOINT_FAILED_FOR_DAYS("it failed for 5 days straight"),
    NOTIFICATION_BEHIND("it waits for {}, of the same order or subscription, which goes first"),
    ENDPOINT_LEFT_ALONE(
            "the endpoint failed {} times in a row: nothing is sent to it for a while, then one notification is tried"),
    ENDPOINT_ASKED_TO_WAIT("the partner's server asked to be left alone for a while (Retry-After)"),
    PARTNER_GONE("the partner's server answered 410: it wants no more"),
    PARTNER_ANSWERED("the partner's server answered {}"),
    PARTNER_REDIRECTS("the partner's server answered {}: redirects are not followed"),
    PARTNER_TOO_SLOW("no whole answer in {} ms"),
    PARTNER_NOT_CONNECTED("connection failed: {}"),
    PARTNER_TLS("TLS failed: {}"),
    PARTNER_NOT_HTTP("what answered is not HTTP, it began with: {}"),
    PARTNER_ANSWER_ENDLESS(
            "the answer does not end: more than 16 KiB came, and no length of 1 MiB at most was announced"),
    PARTNER_ANSWER_BROKEN("the answer is broken HTTP: {}"),
    ANSWER_HEADERS_TOO_MANY("it has 100 header lines or more"),
    ANSWER_LINE_TOO_LONG("one of its lines is longer than 8 KiB"),
    ANSWER_LENGTH_WRONG("its Content-Length is no length, or is there twice"),
    ANSWER_CODING_UNKNOWN("its Transfer-Encoding is not known"),
    ANSWER_CHUNKS_WRONG("the chunks of its body (Transfer-Encoding: chunked) are malformed"),
    ANSWER_STATUS_WRONG("its status (such as 101) ends no request"),
    ANSWER_VERSION_WRONG("its HTTP version is neither 1.0 nor 1.1"),
    ANSWER_HEAD_WRONG("its status line or one of its headers can't be read"),
    ANSWER_HEAD_CUT("it ended in the middle of its headers"),
    ANSWER_BODY_CUT("its body ended before the end that was announced"),
    CONNECTION_REFUSED("nothing listens at that address and port"),
    CONNECTION_UNANSWERED("nobody answered at that address and port"),
    CONNECTION_NO_ROUTE("no route leads to that address"),
    CONNECTION_ENDED("the server closed it before a byte of an answer"),
    CERTIFICATE_EXPIRED("the certificate has expired"),
    CERTIFICATE_NOT_YET_VALID("the certificate is not valid yet"),
    CERTIFICATE_UNKNOWN("the certificate leads to no known authority"),
    CERTIFICATE_OF_OTHER_NAME("the certificate is for another name"),
    TLS_NOT_SPOKEN("what answered does not speak TLS"),
    PARTNER_NAME_UNKNOWN("the host's name does not resolve: {}"),
    PARTNER_ADDRESS("address refused: {}"),
    PARTNER_NOT_PUBLIC("{} resolves to {}, which is not a public address"),
    PARTNER_PLAIN_HTTP("plain http is only for the operator's allowed networks: use https"),
    PARTNER_PORT("the port must be 443, 8443 or above 1023"),

    THE_SESSION("the session {}"),
    THE_INVOICE("the invoice {}"),
    THE_LIST("the list {}"),
    THE_REFUNDS("the refunds of {}"),
    THE_CUSTOMER("the customer"),
    THE_PRODUCT("the product"),
    PRODUCT_OF_ITEM("the product of an item"),
    PRODUCT_OF_LINE("the product of a line"),
    PRODUCT_OF_PRICE("the product of a price"),
    PRICE_OF_LINE("the price of a line"),
    ITEM_OF_LINE("the subscription item of a line"),
    ID_OF_LINE("the id of a line"),
    ID_IN_LIST("the id in a list");

    /** Where a value goes. */
    static final String PLACE = "{}";

    private final String english;

    Reason(String english) {
        this.english = english;
    }

    /**
     * The text with those values in its places.
     *
     * @throws IllegalArgumentException when there are more or fewer values than places
     */
    public String text(Object... values) {
        var text = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int place = english.indexOf(PLACE, from);
            if (place < 0) {
                throw new IllegalArgumentException("more values than places: " + this);
            }
            text.append(english, from, place).append(value);
            from = place + PLACE.length();
        }
        if (english.indexOf(PLACE, from) >= 0) {
            throw new IllegalArgumentException("fewer values than places: " + this);
        }
        return text.append(english, from, english.length()).toString();
    }

    /** What its text is called among the messages of a language. */
    public String code() {
        return "reason." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String english() {
        return english;
    }
}
