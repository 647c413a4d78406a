package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.queue.Wake;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where a test endpoint is tried: with the ten probes, or with one of the published bodies. */
@Component
public class Certifications {

    private final CertificationRows rows;
    private final Endpoints endpoints;
    private final Wake wake;

    Certifications(CertificationRows rows, Endpoints endpoints, Wake wake) {
        this.rows = rows;
        this.endpoints = endpoints;
        this.wake = wake;
    }

    /**
     * Has the ten probes made by any node; the certification tells how they went.
     *
     * @throws Refused when the endpoint is not of the test environment, sends nothing, or is being
     *     tried already
     */
    @Transactional
    public Certification start(Endpoint endpoint, String askedBy) {
        return start(endpoint, Certification.ALL_PROBES, askedBy);
    }

    /**
     * Has one published body sent, of an order that there is not.
     *
     * @throws Refused as {@link #start}, or when there is no such event type
     */
    @Transactional
    public Certification send(Endpoint endpoint, String eventType, String askedBy) {
        if (!EventTypes.KNOWN.contains(eventType)) {
            throw Refused.invalid("event_type_unknown", "there is no event type " + eventType);
        }
        return start(endpoint, eventType, askedBy);
    }

    private Certification start(Endpoint endpoint, String scenario, String askedBy) {
        if (endpoint.environment() != Environment.STAGING) {
            throw Refused.conflict(
                    "endpoint_not_of_test",
                    "only an endpoint of the test environment is tried: made-up orders have no place among real ones");
        }
        String id = Ids.next("cert");
        if (!rows.insert(endpoint.sending(), id, scenario, askedBy)) {
            throw Refused.conflict(
                    "certification_running",
                    "this endpoint is being tried at this moment: wait for the end");
        }
        wake.afterCommit(CertificationWork.NAME);
        return find(endpoint.partner(), id).orElseThrow();
    }

    /** Newest first. */
    public Page<Certification> list(PartnerId partner, PageRequest page) {
        return rows.list(partner, page);
    }

    public Optional<Certification> find(PartnerId partner, String id) {
        return rows.find(partner, id);
    }

    /** In the order in which they were made. */
    public List<ProbeResult> results(Certification certification) {
        return rows.results(certification);
    }

    /**
     * The last certification of each test endpoint that is still there, under the URL that it has.
     */
    public List<Certification> latest(PartnerId partner) {
        return rows.latest(partner);
    }

    /** The test endpoint that may go live: its last certification passed. */
    public Optional<Endpoint> certified(PartnerId partner) {
        return latest(partner).stream()
                .filter(Certification::passed)
                .findFirst()
                .flatMap(each -> endpoints.find(partner, Environment.STAGING, each.endpointId()));
    }

    /** A published body to the letter. */
    public static String sample(String eventType) {
        return PublishedBodies.of(eventType);
    }
}
