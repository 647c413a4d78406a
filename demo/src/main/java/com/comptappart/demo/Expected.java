package com.comptappart.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What a subscription's life must have led to so far, each thing in the words of {@link Evidence}:
 * every document has one mail that carries it.
 */
final class Expected {

    private final List<String> things = new ArrayList<>();
    private int documents;

    Expected invoice(long cents) {
        return document(Evidence.document("invoice", cents));
    }

    Expected creditNote(long cents) {
        return document(Evidence.document("credit_note", cents));
    }

    Expected order(String type, String billingReason, long cents) {
        things.add(Evidence.notification(type, Evidence.order(billingReason, cents)));
        return this;
    }

    Expected subscription(String type, String status) {
        things.add(Evidence.notification(type, status));
        return this;
    }

    List<String> things() {
        return List.copyOf(things);
    }

    int documents() {
        return documents;
    }

    private Expected document(String document) {
        things.add(document);
        things.add(Evidence.mailWith(document));
        documents++;
        return this;
    }
}
