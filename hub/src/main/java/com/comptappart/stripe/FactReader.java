package com.comptappart.stripe;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the events of some types into facts; pure but for what it asks Stripe and looks up. */
interface FactReader {

    /** The event types, as Stripe names them. */
    Set<String> types();

    /**
     * @param object {@code data.object}, in the shape of the event's API version
     * @throws Unreadable when something that money depends on is missing or does not add up
     * @throws StripeUnavailable when Stripe can't be asked now
     * @throws AwaitsOrder when it concerns a payment whose order is not there yet
     */
    Told read(ReceivedEvent event, JsonNode object, Source source);
}
