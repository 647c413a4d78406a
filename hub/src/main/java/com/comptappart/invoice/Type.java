package com.comptappart.invoice;

/** How a text is set; the size in points. */
record Type(boolean bold, double size, Ink ink) {

    static final Type TEXT = new Type(false, 9, Ink.BLACK);
    static final Type STRONG = new Type(true, 9, Ink.BLACK);
    static final Type SOFT = new Type(false, 8.5, Ink.SOFT);
    static final Type SMALL = new Type(false, 7.5, Ink.SOFT);
    static final Type ADDRESS = new Type(false, 10, Ink.BLACK);
    static final Type ADDRESSEE = new Type(true, 10, Ink.BLACK);

    double width(TextWidths widths, String text) {
        return widths.width(text, bold) * size / 1000;
    }
}
