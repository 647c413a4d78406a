package com.comptappart.invoice;

/**
 * One thing to draw on an A4 page: points, origin bottom left. One layout serves every PDF writer.
 */
sealed interface Op {

    /** Grey level of ink: 0 is black. */
    record Text(double x, double y, boolean bold, double size, double grey, String text)
            implements Op {}

    record Rule(double x1, double y, double x2, double grey) implements Op {}

    record Box(double x, double y, double width, double height, double grey) implements Op {}

    /** A big word across the page, below everything else. */
    record Watermark(String text) implements Op {}
}
