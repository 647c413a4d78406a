package com.comptappart.stripe;

import com.comptappart.kernel.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What Stripe says where it refuses a call: its error envelope, as far as we trust it. */
record StripeRefusal(int status, String type, String code, String param, String sentence) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 300;

    static StripeRefusal of(StripeAnswer answer) {
        var error = error(String.valueOf(answer.getMessage()));
        return new StripeRefusal(
                answer.status(),
                word(error.path("type")),
                word(error.path("code")),
                word(error.path("param")),
                sentence(error.path("message").asString("")));
    }

    private static JsonNode error(String body) {
        try {
            return JSON.readTree(body).path("error");
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String word(JsonNode value) {
        String text = value.asString("");
        return text.matches("[A-Za-z0-9_\\[\\].-]{1,100}") ? text : "";
    }

    private static String sentence(String text) {
        return Clean.line(text.substring(0, Math.min(text.length(), MOST)));
    }

    /** Another call holds the object: no other call is too many. */
    boolean isOfOneObject() {
        return code.equals("lock_timeout");
    }

    /** The refusal as the caller of our API gets it, with Stripe's sentence and parameter. */
    Refused refused() {
        String said =
                "Stripe refuses it"
                        + (param.isEmpty() ? "" : " for '" + param + "'")
                        + (sentence.isEmpty() ? "" : ": " + sentence);
        if (type.equals("idempotency_error")) {
            return Refused.conflict(
                    "idempotency_key_reused",
                    "this Idempotency-Key was used for another request; take a new one");
        }
        if (code.equals("resource_missing") || status == 404) {
            return Refused.invalid("stripe_resource_missing", said);
        }
        return Refused.invalid("stripe_refused", said);
    }
}
