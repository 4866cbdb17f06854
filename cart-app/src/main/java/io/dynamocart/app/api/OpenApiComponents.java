package io.dynamocart.app.api;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What many calls of the API share, each described once under its name: headers in, headers out, and errors. */
final class OpenApiComponents {

    static final String TOKEN = "token";

    private static final String PROBLEM = "Problem";

    private static final Map<HttpStatus, String> ERRORS = Map.ofEntries(
            entry(HttpStatus.BAD_REQUEST, "Malformed JSON, a missing or invalid field, or an unreadable Cart-Context"),
            entry(HttpStatus.UNAUTHORIZED, "This instance asks for tokens, and the one sent is missing or not valid"),
            entry(HttpStatus.FORBIDDEN, "This instance asks for tokens, and the one sent is not for this cart"),
            entry(HttpStatus.NOT_FOUND, "No such item, or nothing to check out"),
            entry(HttpStatus.NOT_ACCEPTABLE, "Something else than JSON is wanted"),
            entry(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time"),
            entry(HttpStatus.PRECONDITION_FAILED, "The cart has moved on since the tag in If-Match"),
            entry(HttpStatus.CONTENT_TOO_LARGE, "The body has more than 16 KiB, or the cart would pass its limits"),
            entry(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Something else than JSON is sent"),
            entry(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for another request on this cart"),
            entry(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "This client sends more than it may, or this instance sheds load; nothing was stored"),
            entry(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The cart, or all of it that the request needs, cannot be reached right now; only of an"
                            + " outcome-unknown and of a merge-unfinished something may have been stored."
                            + " The same Idempotency-Key makes it safe to send it again"));

    private static final Map<String, String> REQUEST_HEADERS = Map.of(
            HttpHeaders.IF_NONE_MATCH, "Tags: if the cart still has one of them, the answer is 304",
            HttpHeaders.IF_MATCH, "Tags of which the cart must have one, or *; else the answer is 412",
            Answers.CART_CONTEXT,
                    "What the client has seen. A remove, set or checkout takes nothing else;"
                            + " an answer about one line adds that line to it, an order only itself",
            WriteHeadersResolver.IDEMPOTENCY_KEY,
                    "1 to 255 visible ASCII characters, and spaces between them. The same key and the same request have one effect");

    private static final Map<String, String> ANSWER_HEADERS = Map.of(
            HttpHeaders.ETAG, "Changes when the cart changes",
            Answers.CART_CONTEXT, "What the client has seen by now: opaque, and safe in a URL",
            HttpHeaders.RETRY_AFTER, "Seconds to wait before the next try");

    private OpenApiComponents() {}

    static Components all() {
        Components all = new Components().addSchemas(PROBLEM, problem());
        REQUEST_HEADERS.forEach((name, meaning) -> all.addParameters(
                name, new HeaderParameter().name(name).description(meaning).schema(new StringSchema())));
        ANSWER_HEADERS.forEach((name, meaning) -> all.addHeaders(
                name, new Header().description(meaning).required(true).schema(new StringSchema())));
        all.addSecuritySchemes(TOKEN, token());
        ERRORS.forEach((status, when) -> all.addResponses(status.name(), error(status, when)));
        return all;
    }

    private static SecurityScheme token() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("Where the operator has tokens asked for. A customer's cart is for the token whose subject"
                        + " it is named after; a guest's, guest: and at least 32 characters, needs none");
    }

    private static ApiResponse error(HttpStatus status, String when) {
        Schema<?> schema = new Schema<>().$ref(PROBLEM);
        ApiResponse error = new ApiResponse()
                .description(when + typesOf(status))
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
        return ProblemAnswer.hasToWait(status)
                ? error.addHeaderObject(HttpHeaders.RETRY_AFTER, new Header().$ref(HttpHeaders.RETRY_AFTER))
                : error;
    }

    /** By which clients tell problems of one status apart. */
    private static String typesOf(HttpStatus status) {
        List<ProblemType> types = ProblemType.of(status);
        return types.size() < 2
                ? ""
                : types.stream().map(ProblemType::id).collect(joining(", ", ". The type ends in one of: ", ""));
    }

    /** RFC 9457, as {@link Problem} makes it. */
    private static Schema<?> problem() {
        Schema<?> error = object(Map.of("field", new StringSchema(), "reason", new StringSchema()));
        Schema<?> problem = object(Map.of(
                "type", new StringSchema().format("uri").description("One for each kind of problem"),
                "title", new StringSchema(),
                "status", new IntegerSchema().format("int32"),
                "detail", new StringSchema(),
                "instance", new StringSchema().format("uri-reference")));
        problem.addProperty("errors", new ArraySchema().items(error).description("All that is wrong with the input"));
        return problem;
    }

    private static Schema<?> object(Map<String, Schema<?>> fields) {
        Schema<?> schema = new ObjectSchema();
        fields.forEach(schema::addProperty);
        // In an order that is the same in every JVM, as a map's is not
        schema.setRequired(fields.keySet().stream().sorted().toList());
        return schema;
    }
}
