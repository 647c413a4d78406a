package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** What the API's description says beside what controllers say themselves. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {

    private static final String BEARER = "api_key";
    private static final Map<String, String> PROBLEMS =
            Map.of(
                    "400", "A field, parameter or header is missing or wrong",
                    "401", "The API key is missing, unknown or revoked",
                    "403",
                            "The key may not do this; the code says whether a scope or an operator's key is missing",
                    "404", "There is no such thing, or it belongs to somebody else",
                    "409", "The call and the state of things don't go together",
                    "429",
                            "The key made too many calls in a minute; Retry-After says how long to wait",
                    "500", "Our fault; nothing was done",
                    "503", "The database or Stripe can't be reached now; try again");

    OpenApiDocument() {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Caller.class, Caller.Operator.class, PageRequest.class, StripeKey.class);
    }

    /** Names fields as the JSON has them. */
    @Bean
    ModelResolver snakeCaseSchemas(ObjectMapperProvider mappers) {
        return new ModelResolver(
                        mappers.jsonMapper()
                                .copy()
                                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                .openapi31(true);
    }

    @Bean
    OpenAPI description(PdfLinks links) {
        var bearer =
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description(
                                "ca_staging_… and ca_production_… (one partner, one environment),"
                                        + " ca_operator_… (everything). A partner's key may be narrowed"
                                        + " to scopes; a :write takes the :read of the same in. What a"
                                        + " call needs stands in its security requirement; \"operator\""
                                        + " is an operator's key. Scopes: "
                                        + KeyScope.all()
                                        + ".");
        return new OpenAPI()
                .info(
                        new Info()
                                .title("ComptAppart API")
                                .version("1")
                                .description(
                                        "Orders, invoices and webhooks of the ComptAppart payments"
                                                + " hub. Lists are paged with ?limit= and ?after=;"
                                                + " POST takes an Idempotency-Key, kept 24 hours;"
                                                + " errors are RFC 9457 problems with a stable code;"
                                                + " RateLimit and RateLimit-Policy say how many calls a"
                                                + " key has left in the minute.")
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url(links.base())))
                .components(new Components().addSecuritySchemes(BEARER, bearer))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    OperationCustomizer pages() {
        return (operation, method) -> {
            if (takesPage(method)) {
                var limit = new IntegerSchema();
                limit.setMinimum(BigDecimal.ONE);
                limit.setMaximum(BigDecimal.valueOf(100));
                limit.setDefault(20);
                operation.addParametersItem(query(PageArgument.LIMIT, "How many at most", limit));
                operation.addParametersItem(
                        query(
                                PageArgument.AFTER,
                                "The next_cursor of the former page",
                                new StringSchema()));
            }
            return operation;
        };
    }

    /** Whom each call is open to: 3.1 lets a bearer scheme name what its holder must have. */
    @Bean
    OperationCustomizer access() {
        return (operation, method) -> {
            var access = Access.of(method);
            operation.setSecurity(
                    access instanceof Access.Anybody
                            ? List.of()
                            : List.of(new SecurityRequirement().addList(BEARER, access.roles())));
            String said = operation.getDescription();
            operation.setDescription((said == null ? "" : said + "\n\n") + access.words());
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer problems() {
        return document -> {
            ModelConverters.getInstance(true)
                    .readAll(new AnnotatedType(Problem.class))
                    .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
            document.getPaths().values().forEach(OpenApiDocument::addProblems);
        };
    }

    private static void addProblems(PathItem path) {
        path.readOperationsMap()
                .forEach((method, operation) -> {
                    PROBLEMS.forEach((status, words) -> addProblem(operation, status, words));
                    if (method == PathItem.HttpMethod.POST) {
                        operation.addParametersItem(
                                new Parameter()
                                        .in("header")
                                        .name("Idempotency-Key")
                                        .description(
                                                "Does the call once; a repeat within 24 hours gets"
                                                        + " the first answer")
                                        .schema(new StringSchema().maxLength(255)));
                    }
                });
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

    private static boolean takesPage(HandlerMethod method) {
        for (var parameter : method.getMethodParameters()) {
            if (parameter.getParameterType() == PageRequest.class) {
                return true;
            }
        }
        return false;
    }

    private static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter().in("query").name(name).description(description).schema(schema);
    }
}
