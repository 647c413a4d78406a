package com.comptappart.api;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Names the field that a body was refused for. */
final class UnreadableBody {

    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException e) {
        Throwable cause = e.getCause();
        return switch (cause) {
            case null -> bad("body_missing", "this call needs a JSON object as its body");
            case UnrecognizedPropertyException unknown ->
                    bad("field_unknown", "unknown field '" + path(unknown) + "'" + known(unknown));
            case MismatchedInputException mismatch when mismatch.getPath().isEmpty() ->
                    bad("body_not_object", "the body must be one JSON object");
            case MismatchedInputException mismatch ->
                    bad(
                            "field_invalid",
                            "field '" + path(mismatch) + "' must be " + expected(mismatch));
            case InputCoercionException number ->
                    bad(
                            "field_invalid",
                            "field '" + path(number) + "': this number is out of range");
            case StreamReadException twice when isDuplicate(twice) ->
                    bad("field_twice", "a field stands in the body twice; send it once");
            default -> bad("body_not_json", "the body is not JSON in UTF-8");
        };
    }

    /** The parser has no type for it. */
    private static boolean isDuplicate(StreamReadException e) {
        return e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate ");
    }

    private static Problem bad(String code, String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, code, detail);
    }

    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null
                                ? Integer.toString(step.getIndex())
                                : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static String known(UnrecognizedPropertyException e) {
        Collection<Object> names = e.getKnownPropertyIds();
        return names == null
                ? ""
                : names.stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", ", "; this call takes ", ""));
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (is(type, String.class)) {
            return "a text, without NUL and broken characters";
        }
        if (is(type, Integer.class, int.class, Long.class, long.class)) {
            return "a whole number";
        }
        if (is(type, BigDecimal.class)) {
            return "a number";
        }
        if (is(type, Boolean.class, boolean.class)) {
            return "true or false";
        }
        return type != null && Collection.class.isAssignableFrom(type)
                ? "a list"
                : "of another type";
    }

    private static boolean is(@Nullable Class<?> type, Class<?>... oneOf) {
        return type != null && List.of(oneOf).contains(type);
    }
}
