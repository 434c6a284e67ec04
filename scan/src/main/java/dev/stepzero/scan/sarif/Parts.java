package dev.stepzero.scan.sarif;

import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads parts of a document as trees of which only what findings are made of is kept. What is too much is passed over,
 * so that no document costs more memory than its bounds say.
 */
final class Parts {
    static final int LONGEST_TEXT = 10_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Properties whose own properties have any names. */
    private static final Set<String> OPEN = Set.of(
            "messageStrings", "globalMessageStrings", "originalUriBaseIds", "partialFingerprints", "fingerprints");

    private static final Set<String> KEPT =
            Set.of(("tool driver extensions taxonomies taxa rules relationships target toolComponent name id guid index"
                            + " version semanticVersion shortDescription fullDescription help helpUri messageStrings"
                            + " globalMessageStrings defaultConfiguration level rank properties tags severity"
                            + " issue_severity security-severity cwe aliases status originalUriBaseIds uri uriBaseId artifacts"
                            + " location parentIndex threadFlowLocations invocations executionSuccessful exitCode"
                            + " exitCodeDescription ruleConfigurationOverrides configuration descriptor"
                            + " externalPropertyFileReferences results ruleId ruleIndex rule kind message text markdown"
                            + " arguments locations physicalLocation artifactLocation region startLine endLine"
                            + " charOffset snippet logicalLocations fullyQualifiedName relatedLocations codeFlows"
                            + " threadFlows fingerprints partialFingerprints suppressions justification baselineState"
                            + " fixes description artifactChanges replacements deletedRegion insertedContent")
                    .split(" "));

    private final int mostNodes;
    private final long mostCharacters;
    private int nodes;
    private long characters;

    Parts(int mostNodes, long mostCharacters) {
        this.mostNodes = mostNodes;
        this.mostCharacters = mostCharacters;
    }

    /** The value of a property of this name, or of an element, that the parser stands at. */
    JsonNode read(JsonParser json, String name) {
        return value(json, OPEN.contains(name));
    }

    /** Whether something was passed over because it was too much. */
    boolean isCut() {
        return nodes > mostNodes || characters > mostCharacters;
    }

    private JsonNode value(JsonParser json, boolean open) {
        nodes++;
        if (isCut()) {
            json.skipChildren();
            return NODES.missingNode();
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json, open);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> NODES.stringNode(text(json));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(json.currentToken() == JsonToken.VALUE_TRUE);
            case null, default -> NODES.nullNode();
        };
    }

    private JsonNode object(JsonParser json, boolean open) {
        var object = NODES.objectNode();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            if (open || KEPT.contains(name)) {
                characters += open ? name.length() : 0;
                object.set(name, value(json, OPEN.contains(name)));
            } else {
                json.skipChildren();
            }
        }
        return object;
    }

    private JsonNode array(JsonParser json) {
        var array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(json, false));
        }
        return array;
    }

    private String text(JsonParser json) {
        var text = json.getString();
        var kept = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        characters += kept.length();
        return kept;
    }
}
