package com.comptappart.kernel;

import java.util.Locale;

/** Stripe test mode or live mode; never mixed. */
public enum Environment {
    STAGING,
    PRODUCTION;

    /** The word of the contract and of the database: {@code staging} or {@code production}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean livemode() {
        return this == PRODUCTION;
    }

    public static Environment ofLivemode(boolean livemode) {
        return livemode ? PRODUCTION : STAGING;
    }

    /**
     * @throws Refused when the code is neither {@code staging} nor {@code production}
     */
    public static Environment of(String code) {
        for (Environment environment : values()) {
            if (environment.code().equals(code)) {
                return environment;
            }
        }
        throw Refused.invalid(
                "environment_unknown",
                "environment must be 'staging' or 'production', not '" + code + "'");
    }
}
