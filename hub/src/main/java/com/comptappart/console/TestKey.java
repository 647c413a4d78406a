package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import org.springframework.stereotype.Component;

/** Lets the explorer be used with keys of the partner's test environment, and no others. */
@Component
class TestKey {

    private final ApiKeys keys;

    TestKey(ApiKeys keys) {
        this.keys = keys;
    }

    /**
     * @throws Refused saying why the explorer does not take this key
     */
    void check(Place place, String key) {
        if (key.isEmpty()) {
            throw refused("explorer_key_missing");
        }
        if (key.startsWith("ca_production_")) {
            throw refused("explorer_key_live");
        }
        if (key.startsWith("ca_operator_")) {
            throw refused("explorer_key_operator");
        }
        var holder = keys.authenticate(key).orElseThrow(() -> refused("explorer_key_unknown"));
        switch (holder) {
            case Caller.Operator _ -> throw refused("explorer_key_operator");
            case Caller.PartnerKey found -> {
                if (found.environment() != Environment.STAGING) {
                    throw refused("explorer_key_live");
                }
                if (place.partner() != null && !place.partner().equals(found.partner())) {
                    throw refused("explorer_key_unknown");
                }
            }
        }
    }

    private static Refused refused(String code) {
        return Refused.invalid(code, "the explorer takes a ca_staging_… key of this partner");
    }
}
