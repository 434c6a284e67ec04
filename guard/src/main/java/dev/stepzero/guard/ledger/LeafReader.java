package dev.stepzero.guard.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads leaves, and takes none that is written in another way than ours: what is read back must give the same bytes. */
final class LeafReader {
    /** No leaf that we write is longer: six texts of names, an object, a reason and details, all of them escaped. */
    static final int LONGEST = 1 << 17;

    private static final int DEEPEST = 32;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxDocumentLength(LONGEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    Leaf read(String json) {
        return read(json, tree -> {
            var leaf = new Leaf(
                    tree.path("seq").longValue(-1),
                    Instant.parse(text(tree, "recorded")),
                    entry(tree.path("entry")),
                    json);
            requireSame(Leaf.json(leaf.entry().canonical(), leaf.recorded(), leaf.number()), json);
            return leaf;
        });
    }

    /** Reads an entry that has no number yet. */
    Entry entry(String json) {
        return read(json, tree -> {
            var entry = entry(tree);
            requireSame(entry.canonical(), json);
            return entry;
        });
    }

    private static void requireSame(String written, String read) {
        if (!written.equals(read)) {
            throw new IllegalArgumentException("it is not in the canonical form of version 1");
        }
    }

    private <T> T read(String json, Function<JsonNode, T> reading) {
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException("it has %d characters".formatted(json.length()));
        }
        try {
            return reading.apply(mapper.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it has a broken time: " + e.getMessage(), e);
        }
    }

    private static Entry entry(JsonNode entry) {
        if (!entry.path("details").isObject()) {
            throw new IllegalArgumentException("it has no details");
        }
        return new Entry(
                new Actor(text(entry, "principal"), text(entry, "session"), text(entry, "address")),
                text(entry, "action"),
                new Thing(
                        text(entry, "type"), text(entry, "object"), text(entry, "project"), text(entry, "environment")),
                Instant.parse(text(entry, "at")),
                outcome(text(entry, "outcome")),
                text(entry, "reason"),
                new Details(Canonical.json(value(entry.path("details")))));
    }

    private static Outcome outcome(String label) {
        for (var each : Outcome.values()) {
            if (each.label().equals(label.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException("it has no known outcome");
    }

    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : refuse("a fraction");
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                node.values().forEach(each -> list.add(value(each)));
                yield list;
            }
            case OBJECT -> {
                Map<String, @Nullable Object> map = new HashMap<>();
                node.properties().forEach(each -> map.put(each.getKey(), value(each.getValue())));
                yield map;
            }
            case NULL -> null;
            default -> refuse("no details");
        };
    }

    private static Object refuse(String what) {
        throw new IllegalArgumentException("it has " + what);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field)
                .stringValueOpt()
                .orElseThrow(() -> new IllegalArgumentException("it has no text '%s'".formatted(field)));
    }
}
