package com.comptappart.console;

import com.comptappart.partner.ApiKeys;
import com.comptappart.people.People;
import com.comptappart.people.Person;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Says who reads, as it is now: roles are read at every request, never remembered. */
@Component
class Visitors {

    private static final String VISITOR = Visitor.class.getName();

    private final ApiKeys keys;
    private final People people;

    Visitors(ApiKeys keys, People people) {
        this.keys = keys;
        this.people = people;
    }

    /** Empty where nobody signed in, or who did may no longer. */
    Optional<Visitor> of(HttpServletRequest request) {
        if (request.getAttribute(VISITOR) instanceof Visitor known) {
            return Optional.of(known);
        }
        var found =
                Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                        .filter(signedIn -> !(signedIn instanceof AnonymousAuthenticationToken))
                        .map(Authentication::getName)
                        .flatMap(this::named);
        found.ifPresent(visitor -> request.setAttribute(VISITOR, visitor));
        return found;
    }

    /** That person or that key, while they may come in. */
    Optional<Visitor> named(String name) {
        if (name.startsWith(Person.PREFIX + "_")) {
            return people.find(name).filter(Person::mayComeIn).map(Visitor::of);
        }
        return keys.isLive(name) ? Optional.of(Visitor.holding(name)) : Optional.empty();
    }

    /** Who reads a page that only those who signed in reach. */
    Visitor get(HttpServletRequest request) {
        return of(request).orElseThrow(() -> new IllegalStateException("nobody has signed in"));
    }
}
