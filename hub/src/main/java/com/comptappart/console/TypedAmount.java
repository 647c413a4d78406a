package com.comptappart.console;

import java.math.BigDecimal;
import java.util.Optional;

/** An amount as people write it: with a comma or a point, spaces between thousands, a sign. */
final class TypedAmount {

    private TypedAmount() {}

    /** Empty where it is none. */
    static Optional<BigDecimal> of(String typed) {
        String plain = typed.replaceAll("[\\s\u00a0\u202f€]", "").replace(',', '.');
        return plain.matches("[0-9]{1,12}(\\.[0-9]{1,6})?")
                ? Optional.of(new BigDecimal(plain))
                : Optional.empty();
    }
}
