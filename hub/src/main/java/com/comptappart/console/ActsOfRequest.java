package com.comptappart.console;

import com.comptappart.people.AuditLog;
import com.comptappart.people.Deed;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Gives a handler the {@link Acts} of who asked, and gives the journal who it was. */
@Component
class ActsOfRequest {

    private final AuditLog log;
    private final Visitors visitors;
    private final Places places;
    private final Frames frames;

    ActsOfRequest(AuditLog log, Visitors visitors, Places places, Frames frames) {
        this.log = log;
        this.visitors = visitors;
        this.places = places;
        this.frames = frames;
    }

    static Deed.Actor actor(Visitor visitor, Origin origin) {
        return new Deed.Actor(visitor.id(), visitor.name(), origin.address(), origin.browser());
    }

    Acts of(HttpServletRequest request) {
        return new Acts(
                log,
                actor(visitors.get(request), Origin.of(request)),
                places.of(request).orElse(null),
                frames.words(request));
    }
}
