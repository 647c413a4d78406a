package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The pages of one of Stripe's lists, each asked for when it is wanted. */
final class StripePages implements Iterator<List<JsonNode>> {

    /** Stripe's own limit. */
    static final int PAGE = 100;

    private final StripeCalls calls;
    private final Supplier<Source> source;
    private final String path;
    private final String owner;
    private final int mostPages;
    private String after;
    private int count;
    private boolean more = true;

    /**
     * @param source asked for each page: each may have its own time
     * @param path with a query
     * @param owner whose list it is, for who reads why it could not be read
     * @param after the object before the first one, empty to begin at the beginning
     */
    StripePages(
            StripeCalls calls,
            Supplier<Source> source,
            String path,
            String owner,
            String after,
            int mostPages) {
        this.calls = calls;
        this.source = source;
        this.path = path;
        this.owner = owner;
        this.after = after;
        this.mostPages = mostPages;
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
        if (count++ == mostPages) {
            throw new Unreadable(Reason.STRIPE_LIST_TOO_LONG.text(owner, PAGE * mostPages));
        }
        String page = after.isEmpty() ? path : path + "&starting_after=" + StripePath.encode(after);
        var list =
                calls.get(source.get(), page)
                        .orElseThrow(() -> new Unreadable(Reason.STRIPE_UNKNOWS.text(owner)));
        var items = new ArrayList<JsonNode>();
        list.path("data").forEach(items::add);
        more = list.path("has_more").asBoolean(false) && !items.isEmpty();
        if (more) {
            after = SessionFields.id(items.getLast().path("id"), Reason.ID_IN_LIST.text());
        }
        return items;
    }
}
