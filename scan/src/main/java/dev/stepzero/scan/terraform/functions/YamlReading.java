package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads one YAML document as {@code yamldecode} does. Few aliases are followed, so that a small text stays small. */
final class YamlReading {
    private static final int DEEPEST = 100;
    private static final int MOST_ALIASES = 100;
    private static final int MOST_CHARACTERS = 4 << 20;

    private final Parser parser;
    private final Map<Anchor, Value> anchors = new HashMap<>();
    private int aliases;

    private YamlReading(Parser parser) {
        this.parser = parser;
    }

    static Value read(String text) {
        var settings = LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS).build();
        try {
            return new YamlReading(new ParserImpl(settings, new StreamReader(settings, text))).document();
        } catch (YamlEngineException e) {
            var message = String.valueOf(e.getMessage());
            throw new FunctionError(
                    "it is no YAML: " + message.lines().findFirst().orElse(""));
        }
    }

    private Value document() {
        parser.next();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw new FunctionError("missing start of document");
        }
        parser.next();
        var value = value(parser.next(), 0);
        parser.next();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new FunctionError("unexpected extra content after value");
        }
        return value;
    }

    private Value value(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new FunctionError("the YAML is nested too deeply");
        }
        return switch (event) {
            case AliasEvent alias -> aliased(alias);
            case ScalarEvent scalar -> anchored(scalar.getAnchor(), YamlScalar.value(scalar));
            case SequenceStartEvent start -> {
                checkTag(start.getTag(), "tag:yaml.org,2002:seq");
                var items = new ArrayList<Value>();
                for (var next = parser.next(); next.getEventId() != Event.ID.SequenceEnd; next = parser.next()) {
                    items.add(value(next, depth + 1));
                }
                yield anchored(start.getAnchor(), Value.listOf(items));
            }
            case MappingStartEvent start -> {
                checkTag(start.getTag(), "tag:yaml.org,2002:map");
                yield anchored(start.getAnchor(), mapping(depth));
            }
            default -> throw new FunctionError("unexpected end of document");
        };
    }

    private Value mapping(int depth) {
        var entries = new TreeMap<String, Located>(Order.TEXTS);
        var merged = new LinkedHashMap<String, Located>();
        for (var next = parser.next(); next.getEventId() != Event.ID.MappingEnd; next = parser.next()) {
            var merge = next instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<");
            var key = value(next, depth + 1);
            var value = value(parser.next(), depth + 1);
            if (merge) {
                if (!(value instanceof Value.Mapping map)) {
                    throw new FunctionError("cannot merge " + Conversion.typeName(value) + " into mapping");
                }
                merged.putAll(map.entries());
            } else {
                if (key instanceof Value.Absent) {
                    throw new FunctionError("mapping key cannot be null");
                }
                entries.put(Conversion.text(key), Located.nowhere(value));
            }
        }
        merged.forEach(entries::putIfAbsent);
        return new Value.Mapping(entries);
    }

    private Value aliased(AliasEvent alias) {
        if (++aliases > MOST_ALIASES) {
            throw new FunctionError("more than %d aliases are not followed".formatted(MOST_ALIASES));
        }
        var value = anchors.get(alias.getAlias());
        if (value == null) {
            throw new FunctionError(
                    "reference to undefined anchor \"" + alias.getAlias().getValue() + "\"");
        }
        return value;
    }

    private Value anchored(Optional<Anchor> anchor, Value value) {
        anchor.ifPresent(name -> anchors.put(name, value));
        return value;
    }

    private static void checkTag(Optional<String> tag, String expected) {
        if (tag.isPresent() && !tag.get().equals(expected)) {
            throw new FunctionError("unsupported tag \"" + tag.get() + "\"");
        }
    }
}
