package dev.stepzero.scan.vulnerabilities.vex;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads VEX documents: <a href="https://github.com/openvex/spec">OpenVEX</a> and CycloneDX, as JSON. */
public final class VexReader {
    private static final int MOST_BYTES = 32 << 20;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build())
            .build();

    /**
     * What a document holds.
     *
     * @param statements those that can be used
     * @param refused what is wrong with the others, a clause each
     */
    public record Document(List<Statement> statements, List<String> refused) {
        public Document {
            statements = List.copyOf(statements);
            refused = List.copyOf(refused);
        }
    }

    /**
     * Reads a document.
     *
     * @param name what people call the file
     * @throws MalformedVex if it is none
     */
    public Document read(String name, byte[] content) throws MalformedVex {
        if (content.length > MOST_BYTES) {
            throw new MalformedVex("it is larger than %d MB".formatted(MOST_BYTES >> 20));
        }
        var root = tree(content);
        var statements = new ArrayList<Statement>();
        var refused = new ArrayList<String>();
        if (root.path("@context").asString("").contains("openvex")) {
            new OpenVex(name, root).read(statements, refused);
        } else if (root.path("bomFormat").asString("").equals("CycloneDX")) {
            new CycloneDxVex(name, root).read(statements, refused);
        } else {
            throw new MalformedVex("it is neither OpenVEX nor CycloneDX");
        }
        return new Document(statements, refused);
    }

    private JsonNode tree(byte[] content) throws MalformedVex {
        try {
            return json.readTree(content);
        } catch (JacksonException e) {
            throw new MalformedVex("it is no JSON: " + e.getOriginalMessage());
        }
    }
}
