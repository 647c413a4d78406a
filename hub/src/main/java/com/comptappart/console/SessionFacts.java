package com.comptappart.console;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/** From where a session began, remembered in it. */
record SessionFacts(String address, String browser) {

    private static final String ADDRESS = "comptappart.address";
    private static final String BROWSER = "comptappart.browser";

    static void keep(HttpSession session, Origin origin) {
        session.setAttribute(ADDRESS, origin.address());
        session.setAttribute(BROWSER, origin.browser());
    }

    static SessionFacts of(Session session) {
        return new SessionFacts(text(session, ADDRESS), text(session, BROWSER));
    }

    private static String text(Session session, String name) {
        @Nullable String found = session.getAttribute(name);
        return found == null ? "" : found;
    }
}
