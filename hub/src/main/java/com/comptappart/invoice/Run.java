package com.comptappart.invoice;

/** Characters that one font draws after each other, from left to right. */
record Run(Rung rung, int[] points) {}
