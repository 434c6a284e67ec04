package dev.stepzero.scan.sbom;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads SBOMs: CycloneDX 1.2 to 1.7, SPDX 2.2 and 2.3, SPDX 3, as JSON, whoever wrote them. They are streamed: memory
 * grows with the number of packages, of which there may be a million, not with the size of the document.
 */
public final class SbomReader {
    private static final int PEEK = 4096;

    private SbomReader() {}

    /**
     * Reads a file.
     *
     * @throws UserError if it is no SBOM, broken, or beyond the limits
     */
    public static Sbom read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return read(in);
        } catch (IOException e) {
            throw UserError.unreadable("the SBOM cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        } catch (UserError e) {
            throw e.where().isPresent() ? e : e.at(file.toString());
        }
    }

    /** Whether a file begins like an SBOM that this reads; nothing is said about the rest of it. */
    public static boolean seemsToBe(Path file) {
        try (var in = Files.newInputStream(file)) {
            var head = new String(in.readNBytes(PEEK), java.nio.charset.StandardCharsets.ISO_8859_1);
            return head.stripLeading().startsWith("{")
                    && (head.contains("\"CycloneDX\"")
                            || head.contains("\"spdxVersion\"")
                            || head.contains("spdx.org/rdf/3."));
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads a stream to its end. */
    public static Sbom read(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, 1 << 16);
        refuseXml(buffered);
        var dialects = List.of(new CycloneDxReader(), new SpdxReader(), new Spdx3Reader());
        try (var parser = Documents.parser(buffered)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unknown();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                take(parser, dialects);
            }
        } catch (JacksonException e) {
            throw UserError.unreadable("the SBOM is no proper JSON: " + e.getOriginalMessage())
                    .fix("make it again")
                    .because(e);
        }
        return dialects.stream()
                .flatMap(dialect -> dialect.sbom().stream())
                .findFirst()
                .orElseThrow(SbomReader::unknown);
    }

    private static void take(JsonParser parser, List<? extends Dialect> dialects) {
        var key = parser.currentName();
        parser.nextToken();
        var value = new Elements(parser);
        for (var dialect : dialects) {
            if (dialect.take(key, value)) {
                return;
            }
        }
        parser.skipChildren();
    }

    private static void refuseXml(BufferedInputStream in) throws IOException {
        in.mark(PEEK);
        var head = new String(in.readNBytes(PEEK), java.nio.charset.StandardCharsets.UTF_8).stripLeading();
        in.reset();
        if (head.startsWith("<")) {
            throw UserError.unreadable("the SBOM is written as XML")
                    .fix("give it as JSON: every tool that writes CycloneDX or SPDX can");
        }
    }

    private static UserError unknown() {
        return UserError.unreadable("this is no SBOM that Stepzero knows").fix("give CycloneDX or SPDX as JSON");
    }
}
