package com.comptappart.api;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Caller;
import org.jspecify.annotations.Nullable;

/** What a read may see: a partner's key its own, an operator all or what it asks for. */
record Scope(@Nullable PartnerId partner, @Nullable Environment environment) {

    static Scope of(Caller caller) {
        return new Scope(caller.onlyPartner(), caller.onlyEnvironment());
    }
}
