package dev.stepzero.scan.image;

import dev.stepzero.scan.secrets.SettingLook;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells which instruction made which layer. */
final class History {
    private History() {}

    /** One for each layer; all empty where the history does not account for exactly these layers. */
    static List<Optional<String>> instructions(JsonNode configuration, int layers) {
        var made = configuration
                .path("history")
                .valueStream()
                .filter(event -> !event.path("empty_layer").asBoolean(false))
                .map(event -> Optional.of(event.path("created_by").asString(""))
                        .filter(instruction -> !instruction.isBlank()))
                .toList();
        return made.size() == layers ? made : Collections.nCopies(layers, Optional.empty());
    }

    /** An instruction as reports show it: without the words that hold a secret. */
    static String shown(String instruction) {
        return Printable.of(SettingLook.withoutSecrets(instruction));
    }
}
