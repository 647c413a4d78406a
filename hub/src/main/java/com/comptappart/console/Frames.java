package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.people.Act;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** Makes the frame of a page from its address. */
@Component
class Frames {

    /** The first page of a place. */
    static final String HOME = "/";

    private static final List<String> PAGES =
            List.of(
                    HOME,
                    "/commandes",
                    "/livraisons",
                    "/factures",
                    "/abonnements",
                    "/e-mails",
                    "/integration",
                    "/developpeurs",
                    "/a-traiter",
                    "/partenaires",
                    "/etat",
                    "/reglages");

    /** Pages of the whole hub, which no partner's place has. */
    private static final Set<String> OF_HUB = Set.of("/partenaires", "/etat");

    /** Pages that only some roles have. */
    private static final Map<String, Act> NEEDS =
            Map.of(
                    "/integration",
                    Act.ENDPOINTS,
                    "/developpeurs",
                    Act.ENDPOINTS,
                    "/partenaires",
                    Act.WATCH,
                    "/etat",
                    Act.WATCH,
                    "/reglages",
                    Act.TEAM);

    private final Places places;
    private final Visitors visitors;
    private final MessageSource messages;
    private final LocaleResolver languages;

    Frames(Places places, Visitors visitors, MessageSource messages, LocaleResolver languages) {
        this.places = places;
        this.visitors = visitors;
        this.messages = messages;
        this.languages = languages;
    }

    Words words(HttpServletRequest request) {
        return new Words(messages, languages.resolveLocale(request));
    }

    Frame bare(HttpServletRequest request) {
        return new Frame(
                words(request),
                visitors.of(request).orElse(null),
                null,
                "",
                here(request),
                List.of(),
                List.of(),
                List.of());
    }

    Frame of(HttpServletRequest request, @Nullable Place place) {
        var visitor = visitors.of(request).orElse(null);
        if (place == null || visitor == null) {
            return bare(request);
        }
        var words = words(request);
        String path = request.getRequestURI();
        return new Frame(
                words,
                visitor,
                place,
                name(words, place),
                here(request),
                pages(words, visitor, place, path),
                environments(words, place, path),
                partners(words, visitor, place, path));
    }

    private static String name(Words words, Place place) {
        if (place.ofAll()) {
            return words.text("place.all");
        }
        return PartnerId.UNASSIGNED.equals(place.partner())
                ? words.text("place.unassigned")
                : place.name();
    }

    private static List<Frame.Link> pages(Words words, Visitor visitor, Place place, String path) {
        return PAGES.stream()
                .filter(page -> isFor(visitor, place, page))
                .map(page ->
                        new Frame.Link(
                                place.path(page), words.text(name(page)), isOn(path, place, page)))
                .toList();
    }

    private static String name(String page) {
        return page.equals(HOME) ? "page.accueil" : "page" + page.replace('/', '.');
    }

    private static boolean isOn(String path, Place place, String page) {
        return page.equals(HOME)
                ? path.equals(place.path(page))
                : path.startsWith(place.path(page));
    }

    /** What belongs to no partner has no team and no settings. */
    private static boolean isFor(Visitor visitor, Place place, String page) {
        return visitor.may(NEEDS.getOrDefault(page, Act.READ), place)
                && !(NEEDS.containsKey(page) && PartnerId.UNASSIGNED.equals(place.partner()))
                && (place.ofAll() || !OF_HUB.contains(page));
    }

    private static List<Frame.Link> environments(Words words, Place place, String path) {
        return List.of(Environment.STAGING, Environment.PRODUCTION).stream()
                .map(environment ->
                        new Frame.Link(
                                Place.path(place.word(), environment, list(path)),
                                words.text("environment." + environment.code()),
                                environment == place.environment()))
                .toList();
    }

    private List<Frame.Link> partners(Words words, Visitor visitor, Place place, String path) {
        var links = new ArrayList<Frame.Link>();
        if (visitor.rights().seesAll()) {
            links.add(all(words, place, path));
        }
        for (var partner : places.partners(visitor)) {
            links.add(
                    new Frame.Link(
                            Place.path(
                                    places.word(partner.id()),
                                    place.environment(),
                                    OF_HUB.contains(list(path)) ? HOME : list(path)),
                            partner.name(),
                            partner.id().equals(place.partner())));
        }
        if (visitor.rights().seesAll()) {
            links.add(unassigned(words, place, path));
        }
        return links;
    }

    private static Frame.Link all(Words words, Place place, String path) {
        return new Frame.Link(
                Place.path(Place.ALL, place.environment(), list(path)),
                words.text("place.all"),
                place.ofAll());
    }

    private static Frame.Link unassigned(Words words, Place place, String path) {
        return new Frame.Link(
                Place.path(
                        PartnerId.UNASSIGNED.value(),
                        place.environment(),
                        NEEDS.containsKey(list(path)) ? HOME : list(path)),
                words.text("place.unassigned"),
                PartnerId.UNASSIGNED.equals(place.partner()));
    }

    /** The list that a page belongs to: one order is not there in the other environment. */
    private static String list(String path) {
        return PAGES.stream()
                .filter(page -> !page.equals(HOME) && path.contains(page))
                .findFirst()
                .orElse(HOME);
    }

    private static String here(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }
}
