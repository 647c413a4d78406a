package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes objects, and all that is in them, as an older or newer version of the API shows them. */
final class Shapes {

    /** One step from a version to its neighbour, for one object. */
    interface Step {
        void reshape(String kind, ObjectNode object);
    }

    private final Step endive = new EndiveShape();
    private final Step beforeDahlia;
    private final Step beforeBasil;
    private final Step before2024;

    Shapes(Store store) {
        this.beforeDahlia = new BeforeDahlia(store);
        this.beforeBasil = new BeforeBasil(store);
        this.before2024 = new Before2024();
    }

    /** The caller hands over a copy. */
    ObjectNode write(ObjectNode object, ApiVersion version) {
        var steps = new ArrayList<Step>();
        if (version == ApiVersion.ENDIVE) {
            steps.add(endive);
        }
        if (version.isBefore(ApiVersion.DAHLIA)) {
            steps.add(beforeDahlia);
        }
        if (version.isBefore(ApiVersion.BASIL)) {
            steps.add(beforeBasil);
        }
        if (version.isBefore(ApiVersion.Y2024)) {
            steps.add(before2024);
        }
        steps.add((kind, of) -> {
            if (kind.equals("event")) {
                of.put("api_version", version.date());
            }
        });
        write(object, steps);
        return object;
    }

    /** From the outside in: what holds an object may need its newer shape. */
    private static void write(JsonNode node, List<Step> steps) {
        if (node instanceof ObjectNode object) {
            String kind = object.path("object").asString("");
            steps.forEach(step -> step.reshape(kind, object));
        }
        for (JsonNode child : node) {
            write(child, steps);
        }
    }
}
