package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The endpoints of the partner whose page it is, and nobody else's. */
@Component
class PartnerEndpoints {

    /** More than there may be. */
    private static final int ALL = 100;

    private final Endpoints endpoints;

    PartnerEndpoints(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Empty where the page is of all partners, or of none. */
    static Optional<PartnerId> partnerOf(Place place) {
        return Optional.ofNullable(place.partner())
                .filter(partner -> !partner.equals(PartnerId.UNASSIGNED));
    }

    /**
     * @throws Refused where the page is of all partners, or of none
     */
    static PartnerId partner(Place place) {
        return partnerOf(place)
                .orElseThrow(() ->
                        Refused.notFound(
                                "partner_not_found", "this page is one partner's: choose one"));
    }

    List<Endpoint> all(Place place) {
        return endpoints
                .list(partner(place), place.environment(), new PageRequest(ALL, null))
                .data();
    }

    /**
     * @throws Refused where this partner has no such endpoint in this environment
     */
    Endpoint get(Place place, String id) {
        return endpoints
                .find(partner(place), place.environment(), id)
                .orElseThrow(() ->
                        Refused.notFound(
                                "endpoint_not_found", "there is no endpoint " + id + " here"));
    }

    static String path(Place place, Endpoint endpoint) {
        return place.path("/integration/" + endpoint.id());
    }
}
