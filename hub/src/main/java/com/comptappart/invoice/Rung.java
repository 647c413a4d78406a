package com.comptappart.invoice;

/** A font of the ladder: what it has, and how wide, in thousandths of its size. */
sealed interface Rung permits WinAnsiFonts, WideFonts, OutlineFont, PixelFont {

    boolean has(int point);

    int width(int point, boolean bold);
}
