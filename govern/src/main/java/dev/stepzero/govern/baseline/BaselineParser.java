package dev.stepzero.govern.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads {@code findings[*].fingerprint} as it passes, whatever else stands in the file. */
final class BaselineParser {
    private static final int LONGEST_FINGERPRINT = 200;

    private final Path file;
    private final Set<String> fingerprints = new HashSet<>();
    private boolean sawFindings;

    BaselineParser(Path file) {
        this.file = file;
    }

    Set<String> fingerprints() throws IOException {
        try (var bytes = Files.newInputStream(file);
                var json = new JsonFactory().createParser(ObjectReadContext.empty(), bytes)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "it holds no object");
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                json.nextToken();
                if (name.equals("findings")) {
                    findings(json);
                } else {
                    json.skipChildren();
                }
            }
            require(json.nextToken() == null, "something follows its object");
        }
        require(sawFindings, "it has no findings");
        return fingerprints;
    }

    private void findings(JsonParser json) {
        sawFindings = true;
        require(json.currentToken() == JsonToken.START_ARRAY, "its findings are no list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT, "a finding is no object");
            finding(json);
        }
    }

    private void finding(JsonParser json) {
        var fingerprint = "";
        var waived = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            var text = json.nextToken() == JsonToken.VALUE_STRING;
            if (name.equals("fingerprint") && text) {
                fingerprint = json.getString();
            } else if (name.equals("status") && text) {
                waived = json.getString().equals("waived");
            } else {
                json.skipChildren();
            }
        }
        require(!fingerprint.isEmpty() && fingerprint.length() <= LONGEST_FINGERPRINT, "a finding has no fingerprint");
        if (!waived) {
            fingerprints.add(fingerprint);
        }
    }

    private void require(boolean truth, String otherwise) {
        if (!truth) {
            throw Baseline.foreign(file, otherwise);
        }
    }
}
