package com.comptappart.partner;

import org.jspecify.annotations.Nullable;

/**
 * How documents look: a colour, a logo, or both. It never changes, for documents refer to it: its
 * id says what it is.
 *
 * @param primaryColor {@code #rrggbb}
 */
public record Brand(String id, @Nullable String primaryColor, @Nullable Logo logo) {}
