package io.dynamocart.app.api;

import io.dynamocart.app.cart.Identifiers;
import io.dynamocart.app.cart.MergeStrategy;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestHeader;

/** The description of the API for machines, where it cannot be read off the controller: headers, statuses, errors. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        // Else they would be described as one object in the query
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(WriteHeaders.class);
        // Headers have one description for all calls
        SpringDocUtils.getConfig().addAnnotationsToIgnore(RequestHeader.class);
    }

    @Bean
    OpenAPI cartApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Dynamo Cart")
                        .version("1")
                        .description("Shopping carts that can always be written to. Money is in minor units."))
                .components(OpenApiComponents.all())
                .security(
                        List.of(new SecurityRequirement(), new SecurityRequirement().addList(OpenApiComponents.TOKEN)));
    }

    @Bean
    OperationCustomizer describedCalls() {
        return (operation, handler) -> {
            Described described = handler.getMethodAnnotation(Described.class);
            return described == null ? operation : describe(operation, described, OpenApiCall.of(handler, described));
        };
    }

    /** Answers have all of their fields; what requests need is said by their constraints. */
    @Bean
    OpenApiCustomizer completeAnswers() {
        return api -> api.getComponents().getSchemas().forEach((name, schema) -> {
            if (name.endsWith("View") || name.equals("Totals")) {
                requireAll(schema);
            }
        });
    }

    private static void requireAll(Schema<?> schema) {
        schema.setRequired(List.copyOf(schema.getProperties().keySet()));
    }

    private static Operation describe(Operation operation, Described described, OpenApiCall call) {
        // springdoc takes every call's success for 200
        ApiResponse success = Objects.requireNonNull(operation.getResponses().get("200"), "no answer of a call");
        success.description(described.success().getReasonPhrase());
        call.answerHeaders().forEach(name -> success.addHeaderObject(name, new Header().$ref(name)));
        operation.getParameters().forEach(OpenApiConfiguration::describe);
        call.requestHeaders().forEach(name -> operation.addParametersItem(new Parameter().$ref(name)));
        return operation
                .summary(described.value())
                .tags(List.of("Carts"))
                .responses(answers(described.success(), success, call));
    }

    private static ApiResponses answers(HttpStatus status, ApiResponse success, OpenApiCall call) {
        ApiResponses answers = new ApiResponses().addApiResponse(code(status), success);
        if (call.isConditional()) {
            ApiResponse unchanged = new ApiResponse().description("The cart still has the tag");
            answers.addApiResponse(code(HttpStatus.NOT_MODIFIED), unchanged.headers(success.getHeaders()));
        }
        call.errors().forEach(error -> answers.addApiResponse(code(error), new ApiResponse().$ref(error.name())));
        return answers;
    }

    private static void describe(Parameter parameter) {
        if (parameter.getName().equals("strategy")) {
            List<String> names =
                    MergeStrategy.all().stream().map(MergeStrategy::name).toList();
            parameter.schema(new StringSchema()._enum(names)._default(names.getFirst()));
        } else {
            parameter.getSchema().pattern(Identifiers.FORM);
        }
    }

    private static String code(HttpStatus status) {
        return String.valueOf(status.value());
    }
}
