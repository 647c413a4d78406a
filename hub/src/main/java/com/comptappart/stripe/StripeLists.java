package com.comptappart.stripe;

import com.comptappart.stripe.StripePlaces.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads Stripe's lists page by page, newest first. */
@Component
class StripeLists {

    private static final int PAGE = 100;
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
        return new Pages(place, path);
    }

    private final class Pages implements Iterator<List<JsonNode>> {

        private final Place place;
        private final String path;
        private String after = "";
        private int count;
        private boolean more = true;

        private Pages(Place place, String path) {
            this.place = place;
            this.path = path;
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public List<JsonNode> next() {
            if (!more) {
                throw new NoSuchElementException();
            }
            if (count++ == MAX_PAGES) {
                throw new Unreadable(path + " has more than " + PAGE * MAX_PAGES + " objects");
            }
            String page =
                    path + "&limit=" + PAGE + (after.isEmpty() ? "" : "&starting_after=" + after);
            var list =
                    calls.get(places.source(place), page)
                            .orElseThrow(() -> new Unreadable("Stripe has no list " + path));
            var items = new ArrayList<JsonNode>();
            list.path("data").forEach(items::add);
            more = list.path("has_more").asBoolean(false) && !items.isEmpty();
            if (more) {
                after = SessionFields.id(items.getLast().path("id"), "the id in a list");
            }
            return items;
        }
    }
}
