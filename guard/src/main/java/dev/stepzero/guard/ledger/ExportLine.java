package dev.stepzero.guard.ledger;

import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.Tile;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of an export. An entry's line is its canonical JSON, the very bytes that are hashed; the others begin with
 * {@code ledger}, {@code tile}, {@code checkpoint} and {@code end}.
 */
final class ExportLine {
    /** Characters of the longest line that we write: an opening with three levels of hashes. */
    static final int LONGEST = 1 << 18;

    private static final int VERSION = 1;
    private static final String ENTRY = "{\"entry\":";
    private static final String END = "{\"end\":";

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxDocumentLength(LONGEST)
                            .maxTokenCount(10_000)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A piece as a line without its end. */
    static String write(Item item, List<TrustedKey> keys) {
        return switch (item) {
            case Item.Opening opening ->
                Canonical.json(Map.of(
                        "ledger",
                        Map.of(
                                "edge",
                                        opening.edge().stream()
                                                .map(ExportLine::base64)
                                                .toList(),
                                "from", opening.from(),
                                "keys", keys.stream().map(ExportLine::key).toList(),
                                "origin", opening.origin(),
                                "v", VERSION)));
            case Item.Row row -> row.leaf();
            case Item.Kept kept -> tile(kept.tile());
            case Item.Note(var text) -> Canonical.json(Map.of("checkpoint", text));
            case Item.End(var size) -> Canonical.json(Map.of("end", Map.of("size", size)));
        };
    }

    private static String tile(Tile tile) {
        return Canonical.json(
                Map.of("tile", Map.of("hashes", base64(tile.hashes()), "index", tile.index(), "level", tile.level())));
    }

    private static Map<String, String> key(TrustedKey trusted) {
        return Map.of(
                "id", trusted.key().id(),
                "pem", trusted.key().pem(),
                "from", trusted.from().toString(),
                "revoked", trusted.revoked() == null ? "" : trusted.revoked().toString());
    }

    private static String base64(List<Hash> hashes) {
        return Base64.getEncoder().encodeToString(new Tile(0, 0, hashes).bytes());
    }

    static boolean isEntry(String line) {
        return line.startsWith(ENTRY);
    }

    static boolean isEnd(String line) {
        return line.startsWith(END);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with the reason, if it is none of ours
     */
    Item read(String line) {
        if (isEntry(line)) {
            return new Item.Row(line, Optional.empty(), Optional.empty());
        }
        try {
            var tree = mapper.readTree(line);
            if (tree.size() != 1) {
                throw new IllegalArgumentException("it is no line of an export");
            }
            var named = tree.properties().iterator().next();
            return read(named.getKey(), named.getValue());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Item read(String name, JsonNode value) {
        return switch (name) {
            case "ledger" -> opening(value);
            case "tile" ->
                new Item.Kept(
                        Tile.of(
                                Math.toIntExact(number(value, "level")),
                                number(value, "index"),
                                Base64.getDecoder().decode(text(value, "hashes"))),
                        Optional.empty());
            case "checkpoint" -> new Item.Note(value.stringValue(""));
            case "end" -> new Item.End(number(value, "size"));
            default -> throw new IllegalArgumentException("there is no line '%s'".formatted(Bounded.text(name, 80)));
        };
    }

    private static Item opening(JsonNode value) {
        if (number(value, "v") != VERSION) {
            throw new IllegalArgumentException("it is an export of version %d".formatted(number(value, "v")));
        }
        var edge = value.path("edge").values().stream()
                .map(each -> Tile.of(0, 0, Base64.getDecoder().decode(each.stringValue("")))
                        .hashes())
                .toList();
        return new Item.Opening(text(value, "origin"), number(value, "from"), edge);
    }

    private static long number(JsonNode node, String field) {
        var number = node.path(field).longValue(-1);
        if (number < 0) {
            throw new IllegalArgumentException("it has no number '%s'".formatted(field));
        }
        return number;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field)
                .stringValueOpt()
                .orElseThrow(() -> new IllegalArgumentException("it has no text '%s'".formatted(field)));
    }
}
