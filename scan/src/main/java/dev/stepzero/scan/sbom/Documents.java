package dev.stepzero.scan.sbom;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** How documents are written and read, whatever their standard. */
final class Documents {
    private static final int LONGEST_TEXT = 4 << 20;
    private static final long LARGEST = 2L << 30;
    private static final int DEEPEST = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(LARGEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    private Documents() {}

    static JsonGenerator writer(OutputStream out) {
        return FACTORY.createGenerator(indenting(), out, JsonEncoding.UTF8);
    }

    static JsonParser parser(InputStream in) {
        return FACTORY.createParser(ObjectReadContext.empty(), in);
    }

    private static ObjectWriteContext indenting() {
        return new ObjectWriteContext.Base() {
            @Override
            public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
                return new DefaultPrettyPrinter();
            }
        };
    }

    /** A name for the document that follows from what it says: the same SBOM always has the same. */
    static UUID identity(Sbom sbom) {
        var said = new StringBuilder(sbom.name()).append('\n').append(sbom.version());
        said.append('\n').append(sbom.image()).append('\n').append(sbom.created());
        said.append('\n').append(sbom.inventory().distribution());
        for (var component : sbom.inventory().components()) {
            said.append('\n').append(component.purl()).append(component.digest());
        }
        return UUID.nameUUIDFromBytes(said.toString().getBytes(StandardCharsets.UTF_8));
    }
}
