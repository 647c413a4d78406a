package com.comptappart.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What every call may answer beside what its controller says: problems, and headers. */
final class OpenApiAnswers {

    private static final Map<String, String> PROBLEMS =
            Map.of(
                    "400", "A field, parameter or header is missing or wrong",
                    "404", "There is no such thing, or it belongs to somebody else",
                    "409", "The call and the state of things don't go together",
                    "500", "Our fault; nothing was done",
                    "503", "The database or Stripe can't be reached now; try again");
    private static final Map<String, String> PROBLEMS_OF_KEYS =
            Map.of(
                    "401", "The API key is missing, unknown or revoked",
                    "403", "The key may not do this: it lacks a scope, or is no operator's",
                    "429",
                            "The key made too many calls in a minute; Retry-After says how long to wait");
    private static final Map<String, String> PROBLEMS_OF_BODIES =
            Map.of(
                    "413", "The body is over 1 MiB",
                    "415", "The body is not JSON");
    private static final Set<String> COUNTED_BEFORE = Set.of("401");
    private static final Set<String> WAITED_FOR = Set.of("429", "503");

    private OpenApiAnswers() {}

    static void add(OpenAPI document) {
        ModelConverters.getInstance(true)
                .readAll(new AnnotatedType(Problem.class))
                .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
        codes(document);
        headers().forEach((name, header) -> document.getComponents().addHeaders(name, header));
        document.getPaths()
                .values()
                .forEach(path -> path.readOperationsMap().forEach(OpenApiAnswers::add));
    }

    /** Not an enum: programs must be ready for codes that come later. */
    private static void codes(OpenAPI document) {
        OpenApiFields.field(document, "Problem", "code")
                .addExtension(
                        "x-extensible-enum",
                        ProblemCode.ALL.stream().map(ProblemCode::code).toList());
    }

    private static Map<String, Header> headers() {
        var headers = new TreeMap<String, Header>();
        headers.put("RateLimit", text("What is left of the minute: \"key\";r=calls;t=seconds"));
        headers.put("RateLimit-Policy", text("What a minute has: \"key\";q=calls;w=60"));
        headers.put(
                "Idempotent-Replayed",
                text("true where this is the first answer again, to a repeat"));
        headers.put("WWW-Authenticate", text("Bearer"));
        headers.put("Content-Disposition", text("attachment, with the file's name"));
        headers.put(
                "Retry-After",
                new Header()
                        .description("Seconds to wait before the next try")
                        .required(true)
                        .schema(new IntegerSchema().format(null).minimum(BigDecimal.ONE)));
        return headers;
    }

    private static Header text(String description) {
        return new Header().description(description).schema(new StringSchema());
    }

    private static void add(PathItem.HttpMethod method, Operation operation) {
        boolean isKeyed = !operation.getSecurity().isEmpty();
        PROBLEMS.forEach((status, words) -> addProblem(operation, status, words));
        if (isKeyed) {
            PROBLEMS_OF_KEYS.forEach((status, words) -> addProblem(operation, status, words));
        }
        if (answersJsonAlone(operation)) {
            addProblem(operation, "406", "The call answers JSON, which Accept doesn't admit");
        }
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().description("JSON in UTF-8, at most 1 MiB");
            PROBLEMS_OF_BODIES.forEach((status, words) -> addProblem(operation, status, words));
        } else if (method != PathItem.HttpMethod.GET) {
            addProblem(operation, "413", "The body is over 1 MiB; the call takes none");
        }
        if (method == PathItem.HttpMethod.POST) {
            operation.addParametersItem(idempotencyKey());
        }
        operation
                .getResponses()
                .forEach((status, response) -> addHeaders(method, isKeyed, status, response));
    }

    private static boolean answersJsonAlone(Operation operation) {
        return operation.getResponses().entrySet().stream()
                .filter(each -> each.getKey().startsWith("2"))
                .map(each -> each.getValue().getContent())
                .anyMatch(content ->
                        content != null && content.keySet().equals(Set.of("application/json")));
    }

    private static Parameter idempotencyKey() {
        return new Parameter()
                .in("header")
                .name("Idempotency-Key")
                .description(
                        "Does the call once; a repeat within 24 hours gets the first answer, if its"
                                + " key may make the call and has the first one's scopes")
                .schema(new StringSchema().minLength(1).maxLength(255));
    }

    private static void addHeaders(
            PathItem.HttpMethod method, boolean isKeyed, String status, ApiResponse response) {
        if (isKeyed && !COUNTED_BEFORE.contains(status)) {
            refer(response, "RateLimit");
            refer(response, "RateLimit-Policy");
        }
        if (status.equals("401")) {
            refer(response, "WWW-Authenticate");
        }
        if (WAITED_FOR.contains(status)) {
            refer(response, "Retry-After");
        }
        if (!status.startsWith("2")) {
            return;
        }
        if (method == PathItem.HttpMethod.POST) {
            refer(response, "Idempotent-Replayed");
        }
        if (isFile(response)) {
            refer(response, "Content-Disposition");
        }
    }

    private static boolean isFile(ApiResponse response) {
        return response.getContent() != null
                && response.getContent().values().stream()
                        .anyMatch(type -> "binary".equals(type.getSchema().getFormat()));
    }

    private static void refer(ApiResponse response, String header) {
        response.addHeaderObject(header, new Header().$ref("#/components/headers/" + header));
    }

    private static void addProblem(Operation operation, String status, String words) {
        var reference = new Schema<>().$ref("#/components/schemas/Problem");
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(words)
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType().schema(reference))));
    }
}
