package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Sellers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The step from the test environment to real sales, where a person takes it in the console. The API
 * makes endpoints of both environments whenever its caller wants.
 */
@Component
public class GoLive {

    /** Why the step can't be taken yet. */
    public enum Lock {
        /** There is no test endpoint at all. */
        NO_TEST_ENDPOINT,
        /** None has passed the certification under the URL that it has. */
        NOT_CERTIFIED,
        /** An invoice could not name its seller: the operator's settings lack something. */
        SELLER_INCOMPLETE,
        /** There is one already. */
        ALREADY_LIVE
    }

    private final Endpoints endpoints;
    private final Certifications certifications;
    private final Secrets secrets;
    private final Sellers sellers;

    GoLive(Endpoints endpoints, Certifications certifications, Secrets secrets, Sellers sellers) {
        this.endpoints = endpoints;
        this.certifications = certifications;
        this.secrets = secrets;
        this.sellers = sellers;
    }

    /** Empty where it may go live. */
    public List<Lock> locks(PartnerId partner) {
        var locks = new ArrayList<Lock>();
        if (!has(partner, Environment.STAGING)) {
            locks.add(Lock.NO_TEST_ENDPOINT);
        } else if (certifications.certified(partner).isEmpty()) {
            locks.add(Lock.NOT_CERTIFIED);
        }
        if (!sellers.missingForProduction().isEmpty()) {
            locks.add(Lock.SELLER_INCOMPLETE);
        }
        if (has(partner, Environment.PRODUCTION)) {
            locks.add(Lock.ALREADY_LIVE);
        }
        return locks;
    }

    private boolean has(PartnerId partner, Environment environment) {
        return !endpoints.list(partner, environment, new PageRequest(1, null)).data().isEmpty();
    }

    /**
     * Makes the production endpoint, with the settings of the certified one, the partner's own key
     * among them, and a secret of its own.
     *
     * @param url its address; that of the certified one where they are the same
     * @throws Refused when it is locked, or the URL may not be called
     */
    @Transactional
    public Endpoints.WithSecret go(PartnerId partner, String url) {
        var locks = locks(partner);
        if (!locks.isEmpty()) {
            throw Refused.conflict("production_locked", "production is locked: " + locks);
        }
        var test = certifications.certified(partner).orElseThrow();
        var rate = test.rateLimitPerSecond();
        var target = secrets.target(partner, test.id());
        return endpoints.create(
                partner,
                Environment.PRODUCTION,
                new Endpoints.Wish(
                        url,
                        target.map(Target::apiKey).orElse(null),
                        test.eventTypes(),
                        test.description(),
                        test.timeoutSeconds(),
                        test.signatureSchemes(),
                        rate == null ? 0 : rate));
    }
}
