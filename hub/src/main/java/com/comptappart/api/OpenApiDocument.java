package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** What the API's description says beside what controllers say themselves. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {

    private static final String BEARER = "api_key";
    private static final List<String> ENVIRONMENTS = List.of("staging", "production");

    OpenApiDocument() {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Caller.class, Caller.Operator.class, PageRequest.class, StripeKey.class);
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
                                                + " bodies have at most 1 MiB;"
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

    /** In this order: examples are made of all that was said before. */
    @Bean
    OpenApiCustomizer answersValuesExamples() {
        return document -> {
            OpenApiAnswers.add(document);
            addValues(document);
            OpenApiExamples.add(document);
        };
    }

    /** Names the values of fields and parameters whose types are wider than what they take. */
    private static void addValues(OpenAPI document) {
        var scopes = Stream.of(KeyScope.values()).map(KeyScope::code).toList();
        for (String name : List.of("ApiKey", "ApiKeyWanted", "NewApiKey")) {
            enumerate(OpenApiFields.field(document, name, "scopes").getItems(), scopes);
        }
        document.getComponents().getSchemas().values().forEach(OpenApiDocument::whose);
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getParameters() != null)
                .flatMap(operation -> operation.getParameters().stream())
                .filter(parameter -> parameter.getName().equals("environment"))
                .forEach(parameter -> enumerate(parameter.getSchema(), ENVIRONMENTS));
    }

    /** What nearly every answer names. */
    private static void whose(Schema<?> schema) {
        if (schema.getProperties() == null) {
            return;
        }
        var partner = schema.getProperties().get("partner");
        if (partner != null && !OpenApiFields.mayBeNull(partner)) {
            partner.setExample("part_4eC39HqLyjWDarjtT1zdp7dc");
        }
        var environment = schema.getProperties().get("environment");
        if (environment != null && !OpenApiFields.mayBeNull(environment)) {
            enumerate(environment, ENVIRONMENTS);
            environment.setExample("production");
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static void enumerate(Schema schema, List<String> values) {
        schema.setEnum(values);
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
