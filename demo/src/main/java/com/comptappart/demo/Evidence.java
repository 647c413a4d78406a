package com.comptappart.demo;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is really there of one buyer: documents in the hub, mails in the inbox, verified
 * notifications at the partner. Each thing is one French phrase, so that two lists of them can be
 * compared.
 */
final class Evidence {

    private final Parts parts;
    private final String email;
    private final Map<String, Document> documents = new LinkedHashMap<>();
    private List<JsonNode> orders = List.of();
    private boolean settled;

    /** An issued document, with its file. */
    record Document(String number, String phrase, String fileName, byte[] pdf) {

        boolean isFacturX() {
            return FacturX.is(pdf);
        }
    }

    Evidence(Parts parts, String email) {
        this.parts = parts;
        this.email = email;
    }

    static String document(String kind, long cents) {
        return (kind.equals("credit_note") ? "l'avoir de " : "la facture de ") + euros(cents);
    }

    static String mailWith(String document) {
        return "le courriel avec " + document;
    }

    static String notification(String type, String detail) {
        return type + " (" + detail + ")";
    }

    static String order(String billingReason, long cents) {
        return billingReason + ", " + euros(cents);
    }

    /** Reads everything again; a document that was read stays as it is. */
    void look() {
        boolean read = parts.server().hasReadAll();
        orders = list("/v1/orders?limit=100&email=" + HubApi.encode(email));
        orders.forEach(order -> {
            for (JsonNode each : list("/v1/invoices?limit=100&order_id=" + id(order))) {
                documents.computeIfAbsent(each.path("number").asString(), _ -> document(each));
            }
        });
        settled = read && orders.stream().allMatch(Evidence::isSettled) && nothingIsOwed();
    }

    /** Whether nothing more is to come of what Stripe told. */
    boolean isSettled() {
        return settled;
    }

    /** All that is there, documents first. */
    List<String> things() {
        var things = new ArrayList<String>();
        documents.values().forEach(each -> things.add(phrase(each)));
        mails().forEach(mail -> things.add(phrase(mail)));
        calls().forEach(call -> things.add(phrase(call)));
        return things;
    }

    /** In the order of their numbers' issue. */
    List<Document> documents() {
        return List.copyOf(documents.values());
    }

    /** Oldest first. */
    List<JsonNode> orders() {
        return orders.reversed();
    }

    List<Mail> mails() {
        return parts.inbox().mails().stream()
                .filter(mail -> mail.buyer().contains(email))
                .toList()
                .reversed();
    }

    /** The calls about this buyer, and all that could not be verified; oldest first. */
    List<Call> calls() {
        return parts.partner().calls().stream()
                .filter(call ->
                        !call.verified()
                                || call.body()
                                        .path("customer")
                                        .path("email")
                                        .asString("")
                                        .equals(email))
                .toList()
                .reversed();
    }

    /** The document that a mail carries, byte for byte. */
    boolean carries(Mail mail, Document document) {
        return mail.carries(document.fileName(), document.pdf());
    }

    String phrase(Call call) {
        if (!call.verified()) {
            return call.type() + " de signature refusée";
        }
        if (call.known()) {
            return call.type() + " reçue une seconde fois";
        }
        return notification(call.type(), detail(call)) + strangeDocument(call);
    }

    /** What a person must look at. */
    List<String> attention() {
        return orders.stream()
                .filter(order -> !order.path("attention").isNull())
                .map(order -> "commande n° " + id(order) + " : " + order.path("attention"))
                .toList();
    }

    private static String phrase(Document document) {
        return document.phrase() + (document.isFacturX() ? "" : " sans factur-x.xml");
    }

    private String phrase(Mail mail) {
        return documents.values().stream()
                .filter(document -> carries(mail, document))
                .findFirst()
                .map(document -> mailWith(document.phrase()))
                .orElse("le courriel « " + mail.subject() + " » sans document");
    }

    private static String detail(Call call) {
        var body = call.body();
        if (call.type().startsWith("subscription.")) {
            return body.path("subscription").path("status").asString("");
        }
        JsonNode amount =
                body.has("refund")
                        ? body.path("refund").path("amount")
                        : body.path("order").path("total_amount");
        return order(body.path("order").path("billing_reason").asString(""), cents(amount));
    }

    /** A notification of money names documents that the buyer got as well. */
    private String strangeDocument(Call call) {
        for (String name : List.of("invoice", "credit_note")) {
            JsonNode told = call.body().path(name);
            if (told.isObject() && !documents.containsKey(told.path("number").asString(""))) {
                return " avec un document inconnu";
            }
        }
        return "";
    }

    private Document document(JsonNode invoice) {
        var request = parts.http().request(invoice.path("pdf_url").asString()).GET();
        var file = parts.http().send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Document(
                invoice.path("number").asString(),
                document(invoice.path("object").asString(""), cents(invoice.path("total_amount"))),
                invoice.path("pdf_filename").asString(),
                file.body());
    }

    private static boolean isSettled(JsonNode order) {
        boolean settled = order.path("invoice").isObject();
        for (JsonNode refund : order.path("refunds")) {
            settled &= refund.path("credit_note").isString();
        }
        for (JsonNode mail : order.path("emails")) {
            settled &= !mail.path("status").asString("").equals("pending");
        }
        return settled;
    }

    private boolean nothingIsOwed() {
        return list("/v1/notifications?limit=100&status=pending&partner=" + PartnerAccount.SLUG)
                .isEmpty();
    }

    private List<JsonNode> list(String path) {
        var found = new ArrayList<JsonNode>();
        parts.hub().get(path).path("data").forEach(found::add);
        return found;
    }

    private static long id(JsonNode order) {
        return order.path("order_id").asLong();
    }

    private static long cents(JsonNode amount) {
        return amount.decimalValue().movePointRight(2).longValueExact();
    }

    private static String euros(long cents) {
        return BigDecimal.valueOf(cents, 2).toString().replace('.', ',') + " €";
    }
}
