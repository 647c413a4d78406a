package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which function answers which method and path; {@code *} in a pattern is an id. */
final class Routes {

    interface Action {
        ObjectNode answer(Call call);
    }

    record Match(Action action, List<String> ids) {
        Match {
            ids = List.copyOf(ids);
        }
    }

    private record Route(String method, List<String> pattern, Action action) {}

    private final List<Route> routes = new ArrayList<>();

    Routes get(String pattern, Action action) {
        return add("GET", pattern, action);
    }

    Routes post(String pattern, Action action) {
        return add("POST", pattern, action);
    }

    Routes delete(String pattern, Action action) {
        return add("DELETE", pattern, action);
    }

    Optional<Match> find(String method, List<String> segments) {
        for (Route route : routes) {
            if (route.method().equals(method) && matches(route.pattern(), segments)) {
                return Optional.of(new Match(route.action(), ids(route.pattern(), segments)));
            }
        }
        return Optional.empty();
    }

    /** All of them as they are told apart, the first that fits being the one that answers. */
    ObjectNode listed() {
        var listed = new ArrayList<ObjectNode>();
        for (Route route : routes) {
            listed.add(
                    Json.object()
                            .put("method", route.method())
                            .put("path", "/" + String.join("/", route.pattern())));
        }
        return Page.list("/_sandbox/endpoints", listed, false);
    }

    private Routes add(String method, String pattern, Action action) {
        routes.add(new Route(method, List.of(pattern.split("/")), action));
        return this;
    }

    private static boolean matches(List<String> pattern, List<String> segments) {
        if (pattern.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> ids(List<String> pattern, List<String> segments) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < pattern.size(); i++) {
            if (pattern.get(i).equals("*")) {
                ids.add(segments.get(i));
            }
        }
        return ids;
    }
}
