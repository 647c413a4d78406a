package com.comptappart.accounting;

import com.comptappart.invoice.Nature;
import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.VatCategory;
import com.comptappart.order.BalanceTransaction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Which account an amount goes to (plan comptable général). */
@Component
class Accounts {

    /** An account's number and its label. */
    record Account(String number, String label) {}

    private static final String NUMBER = "[0-9]{3}[0-9A-Z]{0,12}";

    private final Map<String, Account> byKey = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private final String auxiliary;

    /**
     * @throws Misconfigured where an account begins with anything but three digits
     */
    Accounts(AccountingProperties properties) {
        auxiliary = properties.auxiliary();
        if (!auxiliary.matches("[0-9A-Z]{1,17}")) {
            throw wrong("COMPTAPPART_ACCOUNTING_AUXILIARY", auxiliary, "1 to 17 of A-Z, 0-9");
        }
        add("customers", properties.customers(), "Clients");
        add("stripe", properties.stripe(), "Stripe, fonds à reverser");
        add("transit", properties.transit(), "Paiements Stripe à rapprocher");
        add("fees", properties.fees(), "Frais Stripe");
        add("stripe-services", properties.stripeServices(), "Services de Stripe");
        add("fee-vat", properties.feeVat(), "TVA déductible sur frais Stripe");
        add("bank", properties.bank(), "Banque");
        add("disputes", properties.disputes(), "Clients douteux ou litigieux");
        add("exchange-loss", properties.exchangeLoss(), "Pertes de change");
        add("exchange-gain", properties.exchangeGain(), "Gains de change");
        add("waiting", properties.waiting(), "Relevé Stripe à ventiler");
        add("balance", properties.balance(), "Clients, autres avoirs");
        add("elsewhere", properties.elsewhere(), "Encaissements hors Stripe");
        add("services", properties.services(), "Prestations de services");
        add("goods", properties.goods(), "Ventes de marchandises");
        add("mixed", properties.mixed(), "Prestations de services");
        add("vat", properties.vat(), "TVA collectée");
        add("vat-oss", properties.vatOss(), "TVA collectée, guichet unique");
        for (String pair : properties.rates().split(",", -1)) {
            if (!pair.isBlank()) {
                addRate(pair.strip());
            }
        }
    }

    Account customers() {
        return of("customers", "");
    }

    String auxiliary() {
        return auxiliary;
    }

    Account stripe() {
        return of("stripe", "");
    }

    /** What documents say that Stripe received, until its statement says so. */
    Account transit() {
        return of("transit", "");
    }

    Account fees() {
        return of("fees", "");
    }

    /** Taxes that Stripe put on its fees. */
    Account feeVat() {
        return of("fee-vat", "");
    }

    /** What of the statement a person must say the meaning of. */
    Account waiting() {
        return of("waiting", "");
    }

    /** A loss where positive. */
    Account exchange(long cents) {
        return of(cents > 0 ? "exchange-loss" : "exchange-gain", "");
    }

    /** Where the money of a line of the statement came from or went to. */
    Account counterpart(BalanceTransaction.Kind kind) {
        return switch (kind) {
            case PAYMENT -> transit();
            case DISPUTE -> of("disputes", "");
            case FEE -> of("stripe-services", "");
            case TAX -> feeVat();
            case PAYOUT -> of("bank", "");
            case OTHER -> waiting();
        };
    }

    /** What customers have on their credit balance. */
    Account balance() {
        return of("balance", "");
    }

    /** What the seller received or gave back outside of Stripe. */
    Account elsewhere() {
        return of("elsewhere", "");
    }

    Account sales(Nature nature, TaxedPart.Tax tax) {
        return of(nature.name().toLowerCase(Locale.ROOT), code(tax));
    }

    Account vat(TaxedPart.Tax tax) {
        return of("vat", code(tax));
    }

    private Account of(String role, String code) {
        var own = byKey.get(role + "-" + code);
        return own == null ? byKey.getOrDefault(role, new Account("", "")) : own;
    }

    /** {@code 20}, {@code oss}, {@code g}. */
    private static String code(TaxedPart.Tax tax) {
        if (tax.category() != VatCategory.S) {
            return tax.category().name().toLowerCase(Locale.ROOT);
        }
        return tax.isFrench() ? tax.rate().toPlainString() : "oss";
    }

    private void addRate(String pair) {
        if (!pair.matches(
                "(services|goods|mixed|vat)-([0-9]{1,2}(\\.[0-9]{1,2})?|oss|e|ae|k|g|z|o)="
                        + NUMBER)) {
            throw wrong(
                    "COMPTAPPART_ACCOUNTING_RATES",
                    pair,
                    "services, goods, mixed or vat, a dash, a rate or one of oss, e, ae, k, g, z,"
                            + " o, and the account, as in services-5.5=706055,vat-5.5=445712");
        }
        String key = pair.substring(0, pair.indexOf('='));
        String code = key.substring(key.indexOf('-') + 1);
        String role = key.substring(0, key.indexOf('-'));
        String words = Character.isDigit(code.charAt(0)) ? code.replace('.', ',') + " %" : code;
        var common = byKey.get(role);
        String label = common == null ? role : common.label() + " " + words;
        add(key, pair.substring(pair.indexOf('=') + 1), label);
    }

    /** An account has one label, whatever it is used for. */
    private void add(String key, String number, String label) {
        if (!number.matches(NUMBER)) {
            throw wrong(
                    "COMPTAPPART_ACCOUNTING_" + key.toUpperCase(Locale.ROOT).replace("-", ""),
                    number,
                    "an account: three digits, then up to 12 of 0-9, A-Z");
        }
        byKey.put(key, new Account(number, labels.computeIfAbsent(number, _ -> label)));
    }

    private static Misconfigured wrong(String variable, String value, String rule) {
        return new Misconfigured(variable + " is '" + value + "': it must be " + rule);
    }
}
