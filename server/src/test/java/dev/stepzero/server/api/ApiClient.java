package dev.stepzero.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.server.Client;
import dev.stepzero.server.RunningServer.Running;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A program with a token. Each answer that it gets is held to the document: also those that tell of errors. */
record ApiClient(Running server, Client client, Map<String, String> headers, JsonNode document) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** What was answered. */
    record Answer(int status, HttpResponse<String> http, JsonNode json) {
        String text(String path) {
            return json.at(path).asString("");
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    static ApiClient withToken(Running server, Person person, Grant grant, boolean writes) {
        var secret = server.part(ApiTokens.class)
                .create(person, Roles.NONE.with(grant), "tests", grant, writes, Duration.ofDays(1));
        return new ApiClient(
                server,
                server.anonymous(),
                Map.of("Authorization", "Bearer " + secret.text()),
                JSON.readTree(server.anonymous().get("/api/v1/openapi.json").body()));
    }

    /** A token of a new person that may read and write. */
    static ApiClient as(Running server, Grant grant) {
        return withToken(server, server.person(grant), grant, true);
    }

    ApiClient with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new ApiClient(server, client, more, document);
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String json) {
        return send("POST", path, json);
    }

    Answer send(String method, String path, String json) {
        var all = new HashMap<>(headers);
        if (!json.isEmpty()) {
            all.putIfAbsent("Content-Type", "application/json");
        }
        var http = client.send(method, path, json, all);
        return new Answer(http.statusCode(), http, checked(method, path, http));
    }

    private JsonNode checked(String method, String path, HttpResponse<String> http) {
        var media = http.headers().firstValue("Content-Type").orElse("");
        var status = http.statusCode();
        if (status == 304 || http.body().isEmpty()) {
            return JSON.createObjectNode();
        }
        assertThat(status).as(http.body()).isNotEqualTo(500);
        var operation = operation(method, path.replaceFirst("\\?.*", ""));
        var response = status >= 400
                ? document.at("/components/responses/Problem")
                : operation.path("responses").path(Integer.toString(status));
        assertThat(response.isMissingNode())
                .as("%s %s answers %d, which the document knows", method, path, status)
                .isFalse();
        var described = response.path("content").path(media.replaceFirst(";.*", ""));
        assertThat(described.isMissingNode())
                .as("%s %s answers %s, which the document knows", method, path, media)
                .isFalse();
        if (!media.contains("json")
                || media.contains("jsonl")
                || media.contains("cyclonedx")
                || media.contains("oai")) {
            return JSON.createObjectNode();
        }
        var json = JSON.readTree(http.body());
        assertThat(errors(described.path("schema"), json))
                .as("%s %s: %s", method, path, http.body())
                .isEmpty();
        return json;
    }

    /** The operation of a path, the one with the fewest variables first. */
    JsonNode operation(String method, String path) {
        var name = method.toLowerCase(java.util.Locale.ROOT);
        return document.path("paths").properties().stream()
                .filter(each -> path.matches(each.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .filter(each -> each.getValue().has(name))
                .min(Comparator.comparing(each -> each.getKey().split("\\{").length))
                .map(each -> each.getValue().path(name))
                .orElseThrow(() -> new AssertionError("the document has no " + method + " " + path));
    }

    /** An answer has nothing that the document does not name. */
    private java.util.List<?> errors(JsonNode schema, JsonNode json) {
        var root = ((ObjectNode) schema).deepCopy();
        var components = (ObjectNode) document.path("components").deepCopy();
        components.path("schemas").forEach(each -> ((ObjectNode) each).put("additionalProperties", false));
        root.set("components", components);
        return SCHEMAS.getSchema(root).validate(json);
    }
}
