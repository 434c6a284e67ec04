package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON files of packages. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LARGEST = 32 << 20;

    private Json() {}

    static JsonNode read(FileContent file) throws IOException {
        return parse(file.bytes(LARGEST));
    }

    static JsonNode parse(byte[] content) {
        try {
            return MAPPER.readTree(content);
        } catch (JacksonException e) {
            throw new UnreadableFile("no JSON");
        }
    }

    /** A text, a list of texts, or objects that give theirs as {@code type} or {@code name}, as licences come. */
    static List<String> texts(JsonNode node) {
        Stream<JsonNode> nodes = node.isArray() ? node.valueStream() : Stream.of(node);
        return nodes.map(each -> each.isObject()
                        ? each.path("type").asString(each.path("name").asString(""))
                        : each.asString(""))
                .filter(text -> !text.isBlank())
                .toList();
    }
}
