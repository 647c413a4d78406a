package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Where a page is: {@code /console/{partner}/{test|live}}.
 *
 * @param word the partner's slug, {@code tous} for all of them
 * @param partner whose things are shown, null for all
 * @param name the partner's name, empty for all and for what is nobody's
 */
record Place(String word, @Nullable PartnerId partner, String name, Environment environment) {

    static final String ALL = "tous";

    /** The address's word for an environment. */
    static String word(Environment environment) {
        return environment.livemode() ? "live" : "test";
    }

    static Environment environment(String word) {
        return "live".equals(word) ? Environment.PRODUCTION : Environment.STAGING;
    }

    static String path(String partner, Environment environment, String page) {
        return "/console/" + partner + "/" + word(environment) + page;
    }

    public String path(String page) {
        return path(word, environment, page);
    }

    public boolean ofAll() {
        return partner == null;
    }
}
