package dev.stepzero.ship.yaml;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Checks nodes against shapes. */
final class ShapeCheck {
    private static final int MOST_ITEMS = 1_000;

    private final String file;

    ShapeCheck(String file) {
        this.file = file;
    }

    static String place(String file, Node node) {
        return node.getStartMark()
                .map(mark -> file + ":" + (mark.getLine() + 1))
                .orElse(file);
    }

    YamlValue.Mapping mapping(Node node, Shape.Keys shape, String path) {
        var mapping = requireMapping(node, path);
        var values = new LinkedHashMap<String, YamlValue>();
        for (var tuple : mapping.getValue()) {
            var name = key(tuple.getKeyNode());
            var key = shape.keys().get(name);
            if (key == null) {
                throw unknownKey(tuple.getKeyNode(), name, path, shape);
            }
            put(values, name, value(tuple.getValueNode(), key.shape(), join(path, name)), tuple.getKeyNode());
        }
        for (var required : shape.required()) {
            if (!values.containsKey(required)) {
                throw UserError.unreadable("%s lacks '%s'".formatted(path.isEmpty() ? "the file" : path, required))
                        .at(place(file, node))
                        .fix("add '%s: ...'".formatted(required));
            }
        }
        return new YamlValue.Mapping(values, place(file, node));
    }

    private YamlValue value(Node node, Shape shape, String path) {
        return switch (shape) {
            case Shape.Keys keys -> mapping(node, keys, path);
            case Shape.Named named -> named(node, named, path);
            case Shape.Many many -> many(node, many, path);
            case Shape.Text text ->
                scalar(
                        node,
                        path,
                        "a text",
                        text.example(),
                        s -> text.pattern().matcher(s).matches());
            case Shape.Choice choice ->
                scalar(
                        node,
                        path,
                        "one of " + String.join(", ", choice.words()),
                        hint(node, choice),
                        s -> choice.words().contains(s));
            case Shape.Whole whole -> {
                var range = "%d to %d".formatted(whole.least(), whole.most());
                yield scalar(node, path, "a whole number", range, s -> within(s, whole));
            }
        };
    }

    private YamlValue named(Node node, Shape.Named shape, String path) {
        var values = new LinkedHashMap<String, YamlValue>();
        var mapping = requireMapping(node, path);
        refuseTooMany(mapping.getValue().size(), node, path);
        for (var tuple : mapping.getValue()) {
            var name = key(tuple.getKeyNode());
            if (!shape.names().matcher(name).matches()) {
                throw UserError.unreadable("'%s' cannot be a name in %s".formatted(Quoted.shortened(name), path))
                        .at(place(file, tuple.getKeyNode()))
                        .fix("use a name that matches " + shape.names());
            }
            put(values, name, value(tuple.getValueNode(), shape.value(), join(path, name)), tuple.getKeyNode());
        }
        return new YamlValue.Mapping(values, place(file, node));
    }

    private YamlValue many(Node node, Shape.Many shape, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrongType(node, path, "a list", "write each item on a line of its own behind '- '");
        }
        refuseTooMany(sequence.getValue().size(), node, path);
        var items = new ArrayList<YamlValue>();
        for (var item : sequence.getValue()) {
            items.add(value(item, shape.item(), path + "[" + items.size() + "]"));
        }
        return new YamlValue.Sequence(items, place(file, node));
    }

    private void refuseTooMany(int size, Node node, String path) {
        if (size > MOST_ITEMS) {
            throw UserError.unreadable("%s has more than %d items".formatted(path, MOST_ITEMS))
                    .at(place(file, node))
                    .fix("write fewer of them");
        }
    }

    private YamlValue scalar(Node node, String path, String wanted, String hint, Predicate<String> fits) {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrongType(node, path, wanted, advice(wanted, hint));
        }
        if (!fits.test(scalar.getValue())) {
            throw UserError.unreadable("%s cannot be '%s'".formatted(path, Quoted.shortened(scalar.getValue())))
                    .at(place(file, node))
                    .fix(advice(wanted, hint));
        }
        return new YamlValue.Scalar(scalar.getValue(), place(file, node));
    }

    private static String advice(String wanted, String hint) {
        return "write " + (hint.isEmpty() ? wanted : wanted + ": " + hint);
    }

    private void put(Map<String, YamlValue> values, String name, YamlValue value, Node key) {
        if (values.put(name, value) != null) {
            throw UserError.unreadable("'%s' stands twice".formatted(Quoted.shortened(name)))
                    .at(place(file, key))
                    .fix("keep one of the two");
        }
    }

    private String key(Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().equals("<<")) {
            return scalar.getValue();
        }
        throw UserError.unreadable("a key must be a plain word; merge keys are not allowed")
                .at(place(file, node))
                .fix("write 'key: value' lines");
    }

    private MappingNode requireMapping(Node node, String path) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw wrongType(node, path.isEmpty() ? "the file" : path, "keys with values", "write 'key: value' lines");
    }

    private UserError wrongType(Node node, String path, String wanted, String hint) {
        var found = switch (node) {
            case MappingNode m -> "keys with values";
            case SequenceNode s -> "a list";
            default -> "a single value";
        };
        return UserError.unreadable("%s must be %s, not %s".formatted(path, wanted, found))
                .at(place(file, node))
                .fix(hint);
    }

    private UserError unknownKey(Node node, String name, String path, Shape.Keys shape) {
        var where = path.isEmpty() ? "" : " in " + path;
        var nearest = Nearest.to(name, shape.keys().keySet());
        return UserError.unreadable("unknown key '%s'%s".formatted(Quoted.shortened(name), where))
                .at(place(file, node))
                .fix(nearest.map(key -> "did you mean '%s'?".formatted(key))
                        .orElse("use one of " + String.join(", ", shape.keys().keySet())));
    }

    private static String hint(Node node, Shape.Choice choice) {
        return node instanceof ScalarNode scalar
                ? Nearest.to(scalar.getValue(), choice.words())
                        .map("did you mean '%s'?"::formatted)
                        .orElse("")
                : "";
    }

    private static boolean within(String text, Shape.Whole whole) {
        if (!text.matches("-?[0-9]{1,15}")) {
            return false;
        }
        var number = Long.parseLong(text);
        return number >= whole.least() && number <= whole.most();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
