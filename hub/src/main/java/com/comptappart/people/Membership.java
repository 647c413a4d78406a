package com.comptappart.people;

import com.comptappart.kernel.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A role somewhere.
 *
 * @param partner null for the whole hub, every partner included
 */
public record Membership(@Nullable PartnerId partner, Role role) {

    boolean covers(@Nullable PartnerId wanted) {
        return partner == null || partner.equals(wanted);
    }
}
