package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;

/** Makes values of the events of one document. */
final class YamlComposer {
    private final ParserImpl events;
    private final String file;
    private final int linesBefore;
    private final TagReader tags;
    private final Dialect dialect;
    private final Budget budget = new Budget();
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final List<Document.Duplicate> duplicates = new ArrayList<>();

    /** A value with what it costs to repeat it: the number of values in it, and the levels. */
    private record Node(Value value, Position position, long nodes, int height) {}

    YamlComposer(ParserImpl events, String file, int linesBefore, TagReader tags, Dialect dialect) {
        this.events = events;
        this.file = file;
        this.linesBefore = linesBefore;
        this.tags = tags;
        this.dialect = dialect;
    }

    /** Reads the document whose start was just taken. */
    Document document() throws MalformedYaml {
        var root = node(0);
        return new Document(new Located(root.value(), root.position()), duplicates);
    }

    private Node node(int depth) throws MalformedYaml {
        var event = events.next();
        var start = position(event, event.getEndMark());
        budget.depth(depth, start);
        return switch (event) {
            case AliasEvent alias -> repeated(alias, start, depth);
            case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar, start));
            case SequenceStartEvent sequence -> anchored(sequence.getAnchor(), sequence(sequence, start, depth));
            case MappingStartEvent mapping -> anchored(mapping.getAnchor(), mapping(mapping, start, depth));
            default -> throw new MalformedYaml("a value is missing", start, List.of());
        };
    }

    private Node repeated(AliasEvent alias, Position position, int depth) throws MalformedYaml {
        var node = anchors.get(alias.getAlias());
        if (node == null) {
            throw new MalformedYaml(
                    "the alias *" + alias.getAlias().getValue() + " has no anchor before it", position, List.of());
        }
        budget.repeat(node.nodes(), position);
        budget.depth(depth + node.height(), position);
        return new Node(node.value(), position, node.nodes(), node.height());
    }

    private Node anchored(Optional<Anchor> anchor, Node node) {
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private Node scalar(ScalarEvent event, Position position) {
        var text = event.getValue();
        var tag = event.getTag().orElse("");
        if (!tag.isEmpty()) {
            return new Node(tagged(tag, text, position), position, 1, 0);
        }
        return new Node(event.isPlain() ? PlainScalar.value(text, dialect) : Value.of(text), position, 1, 0);
    }

    private Value tagged(String tag, String text, Position position) {
        return switch (tag) {
            case "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary" -> Value.of(text);
            case "tag:yaml.org,2002:null" -> Value.ABSENT;
            case "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float" ->
                PlainScalar.value(text, dialect);
            default -> tags.read(tag, Value.of(text), position);
        };
    }

    private Node sequence(SequenceStartEvent event, Position start, int depth) throws MalformedYaml {
        var items = new ArrayList<Located>();
        long nodes = 1;
        int height = 0;
        int end = start.line();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            var item = node(depth + 1);
            items.add(new Located(item.value(), item.position()));
            nodes += item.nodes();
            height = Math.max(height, item.height() + 1);
            end = Math.max(end, item.position().endLine());
        }
        return collection(event, new Value.Sequence(items), start, end, nodes, height);
    }

    private Node mapping(MappingStartEvent event, Position start, int depth) throws MalformedYaml {
        var entries = new Entries(duplicates);
        long nodes = 1;
        int height = 0;
        int end = start.line();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            var keyEvent = events.peekEvent();
            var key = node(depth + 1);
            var name = key(keyEvent, key);
            var value = node(depth + 1);
            end = Math.max(end, value.position().endLine());
            if (name.equals("<<") && keyEvent instanceof ScalarEvent scalar && scalar.isPlain()) {
                entries.merge(value.value());
            } else {
                var from = key.position();
                entries.put(
                        name,
                        value.value(),
                        new Position(
                                file,
                                from.line(),
                                from.column(),
                                Math.max(from.endLine(), value.position().endLine())));
            }
            nodes += value.nodes() + 1;
            height = Math.max(height, value.height() + 1);
        }
        return collection(event, entries.mapping(), start, end, nodes, height);
    }

    /** A key is a text as it is written: {@code on: push} has the key {@code on}. */
    private static String key(Event event, Node key) throws MalformedYaml {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        if (key.value() instanceof Value.Text text) {
            return text.value();
        }
        throw new MalformedYaml("a list or an object stands where a key must be", key.position(), List.of());
    }

    private Node collection(
            CollectionStartEvent event, Value value, Position start, int lastLine, long nodes, int height) {
        var close = events.next();
        // A block has no end of its own: its mark is where the next thing begins, perhaps after a page of comments.
        int end = event.isFlow() ? position(close, close.getEndMark()).line() : lastLine;
        var position = new Position(file, start.line(), start.column(), Math.max(start.line(), end));
        var tag = event.getTag().orElse("");
        var meant = tag.isEmpty() || tag.equals("!") || tag.startsWith("tag:yaml.org,2002:")
                ? value
                : tags.read(tag, value, position);
        return new Node(meant, position, nodes, height);
    }

    private Position position(Event event, Optional<Mark> endMark) {
        var start = event.getStartMark();
        int line = start.map(Mark::getLine).orElse(0) + 1;
        int column = start.map(Mark::getColumn).orElse(0) + 1;
        int end = endMark.map(mark -> lastLine(event, mark)).orElse(line);
        return new Position(file, line + linesBefore, column, Math.max(line, end) + linesBefore);
    }

    private static int lastLine(Event event, Mark end) {
        boolean block = event instanceof ScalarEvent scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        return block && end.getColumn() == 0 ? end.getLine() : end.getLine() + 1;
    }
}
