package com.comptappart.accounting;

import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.PageRequest;
import com.comptappart.testing.FrenchRules;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PdfAValidity;
import com.comptappart.testing.Schematrons;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every document that the hub issued, put to every validator and held against what was sold. */
final class IssuedForTests {

    /** A document that must be there, and its total. */
    private record Wanted(GeneratedSale sale, long total) {}

    private final Map<String, Wanted> wanted = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final Map<String, String> currencies = new HashMap<>();
    private final Map<String, String> numbers = new HashMap<>();
    private final Map<String, BigDecimal> vatByAccount = new TreeMap<>();
    private final Map<String, BigDecimal> vatInEuros = new TreeMap<>();

    private IssuedForTests(List<GeneratedSale> sales) {
        for (var sale : sales) {
            wanted.put(sale.session(), new Wanted(sale, sale.sale().total()));
            for (int i = 0; i < sale.refunds().size(); i++) {
                wanted.put(sale.refund(i), new Wanted(sale, sale.refunds().get(i)));
            }
        }
    }

    static IssuedForTests read(HubForTests hub, List<GeneratedSale> sales) {
        var read = new IssuedForTests(sales);
        var sessions = sessions(hub);
        // Oldest first: a credit note refers to the invoice before it.
        for (InvoiceIssued document : issued(hub).reversed()) {
            read.check(hub.bean(Invoices.class), document, sessions);
        }
        return read;
    }

    List<String> findings() {
        return findings;
    }

    /** Sessions and refunds without a document. */
    Set<String> wanting() {
        return new TreeSet<>(wanted.keySet());
    }

    long count() {
        return currencies.size();
    }

    boolean isInEuros(String number) {
        return "EUR".equals(currencies.get(number));
    }

    /** Of the documents in euros. */
    Map<String, BigDecimal> vatByAccount() {
        vatByAccount.values().removeIf(sum -> sum.signum() == 0);
        return vatByAccount;
    }

    /** Of each of the others. */
    Map<String, BigDecimal> vatInEuros() {
        vatInEuros.values().removeIf(sum -> sum.signum() == 0);
        return vatInEuros;
    }

    private void check(Invoices invoices, InvoiceIssued document, Map<Long, String> sessions) {
        String session = sessions.getOrDefault(document.order().value(), "");
        boolean isRefund = !document.refundId().isEmpty();
        var of = wanted.remove(isRefund ? document.refundId() : session);
        currencies.put(document.number(), document.currency());
        if (of == null) {
            findings.add(document.number() + " is of nothing that was told, or a second one");
            return;
        }
        byte[] bytes = invoices.xml(document).orElseThrow().bytes();
        var found = new ArrayList<String>();
        Schematrons.findings(bytes).stream()
                .filter(finding -> isFault(of.sale(), finding))
                .forEach(found::add);
        FrenchRules.broken(bytes).stream()
                .filter(finding -> isFault(of.sale(), finding))
                .forEach(found::add);
        found.addAll(PdfAValidity.findings(invoices.pdf(document).orElseThrow().bytes()));
        var xml = new DocumentXml(bytes);
        compare(document, xml, of, found);
        if (isRefund && !document.refersTo().equals(numbers.get(session))) {
            found.add("refers to " + document.refersTo() + ", not to its invoice");
        }
        if (!isRefund) {
            numbers.put(session, document.number());
        }
        found.forEach(
                finding -> findings.add(document.number() + " of " + of.sale() + ": " + finding));
        addVat(document, xml, isRefund);
    }

    /** The rule that admits France's rates only knows nothing of the one-stop shop. */
    private static boolean isFault(GeneratedSale sale, String finding) {
        return !sale.regime().isForeignTax() || !finding.contains("BR-FR-16");
    }

    private static void compare(
            InvoiceIssued document, DocumentXml xml, Wanted of, List<String> found) {
        var currency = of.sale().currency();
        var charged = BigDecimal.valueOf(of.total(), currency.decimals());
        if (xml.total().compareTo(charged) != 0 || document.totalMinor() != of.total()) {
            found.add("its total is " + xml.total() + ", not " + charged);
        }
        if (!xml.currency().equals(currency.code())) {
            found.add("it is in " + xml.currency());
        }
        var taxes = xml.vat().keySet();
        // Of a part of the money a part of the rates may be given back.
        boolean isSame =
                document.refundId().isEmpty()
                        ? taxes.equals(of.sale().taxes())
                        : of.sale().taxes().containsAll(taxes);
        if (!isSame) {
            found.add("its taxes are " + taxes + ", not " + of.sale().taxes());
        }
    }

    private void addVat(InvoiceIssued document, DocumentXml xml, boolean isRefund) {
        var sign = isRefund ? BigDecimal.ONE.negate() : BigDecimal.ONE;
        if (!isInEuros(document.number())) {
            vatInEuros.put(document.number(), xml.vatInEuros().multiply(sign));
            return;
        }
        xml.vat()
                .forEach((tax, amount) ->
                        vatByAccount.merge(
                                VatAccounts.account(tax.replaceFirst("^S ", "")),
                                amount.multiply(sign),
                                BigDecimal::add));
    }

    private static Map<Long, String> sessions(HubForTests hub) {
        return hub
                .jdbc()
                .sql("select order_id, stripe_object from paid_order")
                .query((row, number) -> Map.entry(row.getLong(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<InvoiceIssued> issued(HubForTests hub) {
        var all = new ArrayList<InvoiceIssued>();
        String after = null;
        do {
            var page =
                    hub.bean(Invoices.class)
                            .list(
                                    new InvoiceFilter(null, null, null, null),
                                    new PageRequest(100, after));
            all.addAll(page.data());
            after = page.nextCursor();
        } while (after != null);
        return all;
    }
}
