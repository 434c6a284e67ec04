package dev.stepzero.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.openapi.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's document: what is served, what stands in {@code docs}, and what the handlers are. */
@ExtendWith(RunningServer.class)
class DocumentTest {
    private static final Path DOCS = Path.of("..", "docs");

    /** Writes the files of {@code docs} instead of comparing them: -Dapi.write=true. */
    private static void assertKept(String file, String content) throws IOException {
        if (Boolean.getBoolean("api.write")) {
            Files.writeString(DOCS.resolve(file), content);
        }
        assertThat(Files.readString(DOCS.resolve(file)))
                .as("docs/%s; run this test with -Dapi.write=true", file)
                .isEqualTo(content);
    }

    private static JsonNode served(Running server) {
        return new JsonMapper()
                .readTree(server.anonymous().get("/api/v1/openapi.json").body());
    }

    @Test
    void theDocumentInDocsIsTheOneThatIsServed(Running server) throws IOException {
        var answer = server.anonymous().get("/api/v1/openapi.json");

        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/vnd.oai.openapi+json;version=3.1");
        assertKept("openapi.json", answer.body() + "\n");
    }

    @Test
    void everyHandlerIsInItAndNothingElse(Running server) {
        var handled = new TreeSet<String>();
        server.part(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((info, handler) -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> handled.add(method + " " + path))));
        var described = new TreeSet<String>();
        served(server)
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

        assertThat(described).isNotEmpty().isEqualTo(handled);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryIdIsUnique(Running server) {
        var document = served(server);

        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .isFalse());
        assertThat(document.path("paths").findValuesAsString("operationId")).doesNotHaveDuplicates();
    }

    /** The table of {@code docs/api.md}, between its marks. */
    @Test
    void theGuideNamesEveryEndpoint(Running server) throws IOException {
        var endpoints = Endpoint.all(
                server.part(RequestMappingHandlerMapping.class),
                server.part(Access.class).matrix());
        var table = endpoints.stream()
                .map(each -> "| `%s %s` | %s |\n"
                        .formatted(
                                each.method(),
                                each.path().substring("/api/v1".length()),
                                each.operation().value()))
                .collect(Collectors.joining("", "| request | does |\n|---|---|\n", ""));
        var guide = Files.readString(DOCS.resolve("api.md"));
        var begin = guide.indexOf("| request | does |");

        assertKept("api.md", guide.substring(0, begin) + table + guide.substring(guide.indexOf("\n\n", begin) + 1));
    }
}
