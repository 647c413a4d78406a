package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.stripe.StripePlaces.Place;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads Stripe's lists page by page, newest first. */
@Component
class StripeLists {

    private static final int MAX_PAGES = 5_000;

    private final StripeCalls calls;
    private final StripePlaces places;

    StripeLists(StripeCalls calls, StripePlaces places) {
        this.calls = calls;
        this.places = places;
    }

    /**
     * The pages of a list, each asked for when it is wanted.
     *
     * @param path with a query
     */
    Iterator<List<JsonNode>> of(Place place, String path) {
        return new StripePages(
                calls,
                () -> places.source(place),
                path + "&limit=" + StripePages.PAGE,
                Reason.THE_LIST.text(path),
                "",
                MAX_PAGES);
    }
}
