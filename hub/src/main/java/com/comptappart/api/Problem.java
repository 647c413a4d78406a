package com.comptappart.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param code stable: programs may branch on it
 * @param fault {@code caller} or {@code hub}
 */
@Schema(description = "What went wrong (RFC 9457). Programs may branch on code, which is stable.")
record Problem(
        @Schema(
                        description = "A URN made of the code",
                        example = "urn:comptappart:problem:order_not_found")
                String type,
        @Schema(example = "Order not found") String title,
        @Schema(description = "The HTTP status again", example = "404") int status,
        @Schema(
                        description = "A sentence for people that says what to do",
                        example = "there is no order 157")
                String detail,
        @Schema(description = "Stable word for programs", example = "order_not_found") String code,
        @Schema(
                        description = "Who must mend it",
                        allowableValues = {"caller", "hub"})
                String fault) {

    static Problem of(HttpStatusCode status, String code, String detail) {
        String words = code.replace('_', ' ');
        return new Problem(
                "urn:comptappart:problem:" + code,
                words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
                status.value(),
                detail,
                code,
                status.is5xxServerError() ? "hub" : "caller");
    }

    ResponseEntity<Problem> answer() {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }
}
