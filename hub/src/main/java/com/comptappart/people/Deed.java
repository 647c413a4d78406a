package com.comptappart.people;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What someone did, as the journal keeps it. Never a secret, never a buyer's data.
 *
 * @param partner whose thing was touched; null for what is the hub's
 * @param environment null where the act has none
 * @param act {@code kind.what}, such as {@code notification.replayed}
 * @param object the id of what was touched
 */
public record Deed(
        Actor actor,
        @Nullable PartnerId partner,
        @Nullable Environment environment,
        String act,
        String object,
        Map<String, String> detail) {

    private static final int LONGEST = 300;

    /**
     * Who did it and from where.
     *
     * @param id {@code user_…} or {@code key_…}
     * @param name empty for a key
     */
    public record Actor(String id, String name, String address, String browser) {
        public Actor {
            address = cut(address);
            browser = cut(browser);
        }
    }

    public Deed {
        if (!act.matches("[a-z-]{1,40}\\.[a-z-]{1,40}")) {
            throw new IllegalArgumentException("an act is kind.what, not " + act);
        }
        object = cut(object);
        detail = Map.copyOf(detail);
    }

    public Deed with(String name, String value) {
        var more = new TreeMap<>(detail);
        more.put(name, cut(value));
        return new Deed(actor, partner, environment, act, object, more);
    }

    /** The same, about that. */
    public Deed on(String id) {
        return new Deed(actor, partner, environment, act, id, detail);
    }

    /** The same, there. */
    public Deed at(@Nullable PartnerId where, @Nullable Environment mode) {
        return new Deed(actor, where, mode, act, object, detail);
    }

    String kind() {
        return act.substring(0, act.indexOf('.'));
    }

    private static String cut(String text) {
        String clean = text.replace('\0', ' ');
        return clean.substring(0, Math.min(LONGEST, clean.length()));
    }
}
