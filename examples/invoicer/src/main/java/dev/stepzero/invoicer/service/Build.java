package dev.stepzero.invoicer.service;

import dev.stepzero.invoicer.settings.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Which build this is, as far as somebody told us. */
public record Build(String source, String version, String commit, String build) {
    private static final String FILE = "version.json";
    private static final String UNKNOWN = "unknown";

    /**
     * Each value from its environment variable, otherwise from {@code version.json} on the class path or beside the
     * jar.
     *
     * @param directory where the jar is
     */
    public static Build find(Environment environment, Path directory) {
        var stored = stored(directory);
        return new Build(
                value(environment, stored, "source"),
                value(environment, stored, "version"),
                value(environment, stored, "commit"),
                value(environment, stored, "build"));
    }

    private static String value(Environment environment, Map<String, String> stored, String name) {
        return environment
                .text("INVOICER_" + name.toUpperCase(Locale.ROOT))
                .orElseGet(() -> stored.getOrDefault(name, UNKNOWN));
    }

    /** A file that is missing or broken says nothing, and is no reason not to serve. */
    private static Map<String, String> stored(Path directory) {
        try {
            return parse(read(directory));
        } catch (IOException | JacksonException e) {
            return Map.of();
        }
    }

    private static String read(Path directory) throws IOException {
        try (var in = Build.class.getResourceAsStream("/" + FILE)) {
            if (in != null) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return Files.readString(directory.resolve(FILE));
    }

    private static Map<String, String> parse(String text) {
        var values = new HashMap<String, String>();
        try (var json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    values.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        }
        return values;
    }

    byte[] json() {
        var out = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("source", source);
            json.writeStringProperty("version", version);
            json.writeStringProperty("commit", commit);
            json.writeStringProperty("build", build);
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
