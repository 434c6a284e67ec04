package dev.stepzero.server.api.openapi;

import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.access.AccessMatrix;
import dev.stepzero.server.access.Scope;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.shape.Schemas;
import dev.stepzero.server.errors.Problem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Writes the document out of the handlers as they are, so that it cannot say anything else than they do. */
public final class OpenApi {
    private static final int NO_CONTENT = 204;
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Endpoint> endpoints;
    private final Schemas schemas = new Schemas();

    private OpenApi(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /** The document of all handlers of the API. */
    public static OpenApi of(RequestMappingHandlerMapping mapping, AccessMatrix matrix) {
        return new OpenApi(Endpoint.all(mapping, matrix));
    }

    /** The document, always the same bytes for the same handlers. */
    public byte[] json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document());
    }

    private Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put("info", info());
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("security", List.of(needs("token"), needs("session", "csrf")));
        document.put("paths", paths());
        document.put("components", components());
        return document;
    }

    private static Map<String, Object> needs(String... schemes) {
        var needed = new LinkedHashMap<String, Object>();
        Arrays.stream(schemes).forEach(scheme -> needed.put(scheme, List.of()));
        return needed;
    }

    private static Map<String, Object> info() {
        var info = new LinkedHashMap<String, Object>();
        info.put("title", "Stepzero");
        info.put("version", "1");
        info.put(
                "description",
                "What the pages show and do, for programs. Lists come in parts: `limit` says how many, and `next` of the"
                        + " answer, which the header Link has too, is sent as `after` for the next part. Times are"
                        + " RFC 3339 in UTC. What is not known is refused with problem+json (RFC 9457) that names the"
                        + " field. A POST with an Idempotency-Key is done once within a day, however often it is sent."
                        + " Fields may be added to answers.");
        return info;
    }

    private Map<String, Object> paths() {
        var paths = new LinkedHashMap<String, Object>();
        for (var endpoint : endpoints) {
            @SuppressWarnings("unchecked")
            var path = (Map<String, Object>) paths.computeIfAbsent(endpoint.path(), key -> new LinkedHashMap<>());
            path.put(endpoint.method().name().toLowerCase(java.util.Locale.ROOT), operation(endpoint));
        }
        return paths;
    }

    private Map<String, Object> operation(Endpoint endpoint) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", endpoint.id());
        operation.put("tags", List.of(endpoint.tag()));
        operation.put("summary", endpoint.operation().value());
        operation.put("description", takes(endpoint));
        if (endpoint.row().filter(row -> row.scope() == Scope.EVERYONE).isPresent()) {
            operation.put("security", List.of());
        }
        operation.put("parameters", parameters(endpoint));
        Arrays.stream(endpoint.handler().getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Body.class))
                .findFirst()
                .ifPresent(body -> operation.put("requestBody", body(body.getType())));
        operation.put("responses", responses(endpoint));
        return operation;
    }

    /** Who may send it, in words. */
    static String takes(Endpoint endpoint) {
        return endpoint.row()
                .map(row -> switch (row.scope()) {
                    case EVERYONE, MACHINE -> "Nobody need sign in.";
                    case HALF, PERSON -> "For people who have signed in.";
                    case CALLER -> "For whoever has signed in or shows a token.";
                    case ANY -> "A role in some project: %s.".formatted(roles(row.roles()));
                    case SERVER -> "A role everywhere: %s.".formatted(roles(row.roles()));
                    case PROJECT -> "A role in the project: %s.".formatted(roles(row.roles()));
                })
                .orElse("Nobody may send it.");
    }

    private static String roles(java.util.Set<Role> roles) {
        return roles.size() == Role.values().length
                ? "any"
                : roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
    }

    private List<Object> parameters(Endpoint endpoint) {
        var parameters = new ArrayList<Object>();
        for (var parameter : endpoint.handler().getParameters()) {
            if (parameter.isAnnotationPresent(PathVariable.class)) {
                parameters.add(named(parameter.getName(), "path", true, schemas.of(parameter.getType())));
            } else if (parameter.isAnnotationPresent(RequestHeader.class)) {
                var name = parameter.getAnnotation(RequestHeader.class).name();
                parameters.add(named(name, "header", false, schemas.of(parameter.getType())));
            } else if (parameter.isAnnotationPresent(Filters.class)) {
                parameters.addAll(schemas.parameters(parameter.getType()));
            }
        }
        if (endpoint.method() == RequestMethod.POST) {
            parameters.add(Map.of("$ref", "#/components/parameters/IdempotencyKey"));
        }
        return parameters;
    }

    private static Map<String, Object> named(String name, String in, boolean required, Object schema) {
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        parameter.put("schema", schema);
        return parameter;
    }

    private Map<String, Object> body(Class<?> type) {
        var body = new LinkedHashMap<String, Object>();
        body.put("required", true);
        body.put("content", content("application/json", schemas.ofBody(type)));
        return body;
    }

    private Map<String, Object> responses(Endpoint endpoint) {
        var responses = new LinkedHashMap<String, Object>();
        var status = endpoint.operation().status();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("description", HttpStatus.valueOf(status).getReasonPhrase());
        if (status != NO_CONTENT) {
            var schema = endpoint.answersJson()
                    ? schemas.of(answered(endpoint.handler().getGenericReturnType()))
                    : Map.of("type", "string");
            answer.put("content", content(endpoint.operation().media().replaceFirst(";.*", ""), schema));
        }
        responses.put(Integer.toString(status), answer);
        responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        return responses;
    }

    private static Type answered(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
    }

    private static Map<String, Object> content(String media, Object schema) {
        return Map.of(media, Map.of("schema", schema));
    }

    private Map<String, Object> components() {
        var components = new LinkedHashMap<String, Object>();
        var problem = schemas.of(Problem.class);
        components.put("schemas", schemas.records());
        components.put("parameters", Map.of("IdempotencyKey", idempotencyKey()));
        var response = new LinkedHashMap<String, Object>();
        response.put("description", "What went wrong: RFC 9457.");
        response.put("content", content(Problem.MEDIA_TYPE, problem));
        components.put("responses", Map.of("Problem", response));
        var security = new LinkedHashMap<String, Object>();
        security.put("token", ordered("type", "http", "scheme", "bearer"));
        security.put("session", ordered("type", "apiKey", "in", "cookie", "name", "__Host-stepzero-session"));
        security.put("csrf", ordered("type", "apiKey", "in", "header", "name", "X-CSRF-TOKEN"));
        components.put("securitySchemes", security);
        return components;
    }

    private static Map<String, Object> idempotencyKey() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "string");
        schema.put("minLength", 16);
        schema.put("maxLength", 255);
        var parameter = named("Idempotency-Key", "header", false, schema);
        parameter.put(
                "description", "Visible ASCII, best a new UUID. The same request with the same key is done once.");
        return parameter;
    }

    private static Map<String, Object> ordered(String... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
