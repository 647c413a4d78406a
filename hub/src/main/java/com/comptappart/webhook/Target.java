package com.comptappart.webhook;

import com.comptappart.kernel.PartnerId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as it is called.
 *
 * @param secrets that sign: the new one first, then the one that it replaces, then the private key
 * @param apiKey the partner's own, null where none was set
 * @param failing whether its last call failed
 * @param halfOpen whether its circuit was open until now: one call goes, to see
 * @param pace of its rate limit, null where it has none
 */
record Target(
        PartnerId partner,
        String endpointId,
        String url,
        List<String> secrets,
        @Nullable String apiKey,
        Duration timeout,
        boolean failing,
        boolean halfOpen,
        @Nullable Pace pace) {
    Target {
        secrets = List.copyOf(secrets);
    }

    Target with(List<String> renewed) {
        return new Target(
                partner, endpointId, url, renewed, apiKey, timeout, failing, halfOpen, pace);
    }

    /** Without secrets, since it may be logged. */
    @Override
    public String toString() {
        return endpointId;
    }
}
