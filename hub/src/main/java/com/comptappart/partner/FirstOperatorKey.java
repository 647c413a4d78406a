package com.comptappart.partner;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Misconfigured;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Lets the operator in: by {@code COMPTAPPART_OPERATOR_KEY}, or by a key that is printed once. */
@Component
class FirstOperatorKey implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(FirstOperatorKey.class);
    private static final String PREFIX = "ca_operator";
    private static final int MIN_LENGTH = 16;
    private static final int HARD_TO_GUESS = 32;

    private final ApiKeys keys;
    private final String configured;

    /**
     * @throws Misconfigured when the configured key could be guessed or isn't one
     */
    FirstOperatorKey(ApiKeys keys, @Value("${comptappart.operator-key:}") String configured) {
        this.keys = keys;
        this.configured = configured.strip();
        if (!this.configured.isEmpty() && !isKey(this.configured)) {
            throw new Misconfigured(
                    "COMPTAPPART_OPERATOR_KEY must start with ca_operator_ and have 16 characters or"
                            + " more, better 32, letters, digits, '-' and '_' only. Leave it unset to have one"
                            + " made at the first start.");
        }
    }

    private static boolean isKey(String text) {
        return text.length() >= MIN_LENGTH && text.matches(PREFIX + "_[A-Za-z0-9_-]{1,200}");
    }

    /** The tables are there by now, and nobody calls yet. */
    @Override
    public void afterSingletonsInstantiated() {
        if (!configured.isEmpty()) {
            if (configured.length() < HARD_TO_GUESS) {
                LOG.warn(
                        "COMPTAPPART_OPERATOR_KEY opens everything and is short: use 32 characters or more");
            }
            keys.admitOperator(configured);
            return;
        }
        if (keys.anyOperator()) {
            return;
        }
        String made = Ids.next(PREFIX);
        keys.admitOperator(made);
        LOG.warn("operator key, shown once: {}", made);
    }
}
