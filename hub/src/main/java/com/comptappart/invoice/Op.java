package com.comptappart.invoice;

/**
 * One thing to draw on an A4 page: points, origin bottom left. One layout serves every rung of the
 * fonts' ladder.
 */
sealed interface Op {

    /** Text from x on, as it is thought: the writer puts it into the order of drawing. */
    record Text(double x, double y, boolean bold, double size, Ink ink, String text)
            implements Op {}

    record Rule(double x1, double y, double x2, double width, Ink ink) implements Op {}

    record Box(double x, double y, double width, double height, Ink ink) implements Op {}

    /** The picture of the brand. */
    record Logo(double x, double y, double width, double height) implements Op {}

    /** A big word across the page, below everything else. */
    record Watermark(String text) implements Op {}
}
