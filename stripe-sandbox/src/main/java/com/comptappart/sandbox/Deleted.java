package com.comptappart.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Stripe shows of an object that is gone. */
final class Deleted {

    private Deleted() {}

    static ObjectNode of(Kind kind, String id) {
        return Json.object().put("id", id).put("object", kind.word()).put("deleted", true);
    }

    static boolean is(JsonNode object) {
        return object.path("deleted").asBoolean(false);
    }
}
