package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The addresses of a place's endpoints, by id. */
@Component
class EndpointNames {

    private static final PageRequest ALL = new PageRequest(100, null);

    private final Endpoints endpoints;

    EndpointNames(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Oldest first; of all partners the first hundred. */
    Map<String, String> of(Place place) {
        var names = new LinkedHashMap<String, String>();
        for (Endpoint each : endpoints.list(place.partner(), place.environment(), ALL).data()) {
            names.put(each.id(), name(each));
        }
        return names;
    }

    /** The address as people say it. */
    static String name(Endpoint endpoint) {
        return endpoint.url().replaceFirst("^https://", "");
    }
}
