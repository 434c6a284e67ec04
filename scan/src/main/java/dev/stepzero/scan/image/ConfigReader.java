package dev.stepzero.scan.image;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads an image configuration (OCI image specification, config.md). */
final class ConfigReader {
    private ConfigReader() {}

    static ImageConfig read(JsonNode document, String place) {
        var config = document.path("config");
        Json.refuseAmbiguous(config, place);
        return new ImageConfig(
                document.path("architecture").asString(""),
                document.path("os").asString(""),
                config.path("User").asString(""),
                strings(config.path("Env"), place),
                strings(config.path("Entrypoint"), place),
                strings(config.path("Cmd"), place),
                config.path("WorkingDir").asString(""),
                labels(config.path("Labels")),
                healthcheck(config.path("Healthcheck"), place),
                time(document.path("created").asString("")),
                history(document.path("history"), place));
    }

    private static List<String> strings(JsonNode list, String place) {
        return Json.list(list, place).stream().map(item -> item.asString("")).toList();
    }

    private static Map<String, String> labels(JsonNode labels) {
        var read = new LinkedHashMap<String, String>();
        labels.properties()
                .forEach(label -> read.put(label.getKey(), label.getValue().asString("")));
        return read;
    }

    /** {@code NONE} takes away the check that the base has. */
    private static boolean healthcheck(JsonNode check, String place) {
        var test = strings(check.path("Test"), place);
        return !test.isEmpty() && !test.getFirst().equals("NONE");
    }

    /** A time that cannot be read is as good as none. */
    static Optional<Instant> time(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<ImageConfig.Event> history(JsonNode history, String place) {
        return Json.list(history, place).stream()
                .map(event -> new ImageConfig.Event(
                        event.path("created_by").asString(""),
                        event.path("comment").asString(""),
                        event.path("empty_layer").asBoolean(false)))
                .toList();
    }
}
