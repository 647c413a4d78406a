package com.comptappart.invoice;

/** How wide a text is, in thousandths of its size. */
interface TextWidths {
    double width(String text, boolean bold);
}
