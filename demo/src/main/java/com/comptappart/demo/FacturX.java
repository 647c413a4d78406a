package com.comptappart.demo;

import java.nio.charset.StandardCharsets;

/** Tells an invoice's file by its looks: a PDF that carries the invoice's data. */
final class FacturX {

    private FacturX() {}

    static boolean is(byte[] file) {
        String raw = new String(file, StandardCharsets.ISO_8859_1);
        return raw.startsWith("%PDF") && raw.contains("factur-x.xml");
    }
}
