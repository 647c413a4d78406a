package com.comptappart.console;

import com.comptappart.people.Act;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page. Templates call only methods that are public.
 *
 * @param place null where a page is nowhere in particular, such as the sign-in
 * @param visitor null where nobody signed in
 * @param placeName the partner's name, or the words for all or none
 * @param here the path and query of this page, for the language switch
 */
record Frame(
        Words words,
        @Nullable Visitor visitor,
        @Nullable Place place,
        String placeName,
        String here,
        List<Link> pages,
        List<Link> environments,
        List<Link> partners) {

    /** A way to another page; {@code current} where it leads here. */
    record Link(String url, String text, boolean current) {}

    Frame {
        pages = List.copyOf(pages);
        environments = List.copyOf(environments);
        partners = List.copyOf(partners);
    }

    public String language() {
        return words.locale().getLanguage();
    }

    /** Whether the reader may do this here, so that what would be refused is not offered. */
    public boolean may(String act) {
        return visitor != null && place != null && visitor.may(Act.valueOf(act), place);
    }

    /** Whether the reader belongs to the hub and sees every partner. */
    public boolean seesAll() {
        return visitor != null && visitor.rights().seesAll();
    }

    /** The reader's name, empty where nobody signed in. */
    public String who() {
        return visitor == null ? "" : visitor.shown(words);
    }

    public boolean test() {
        return place != null && !place.environment().livemode();
    }

    public boolean live() {
        return place != null && place.environment().livemode();
    }

    /** Part of the file's name: {@code test}, {@code live} or {@code none}. */
    public String icon() {
        return place == null ? "none" : Place.word(place.environment());
    }
}
