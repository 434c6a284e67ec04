package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the instructions that set something: ENV, ARG, LABEL, EXPOSE, USER, WORKDIR, VOLUME, STOPSIGNAL, SHELL. */
final class Settings {
    private final String path;
    private final char escape;

    Settings(String path, char escape) {
        this.path = path;
        this.escape = escape;
    }

    /** {@code ENV a=1 b=2}, or {@code ENV a 1}. */
    void env(Statement statement, Stage stage, Attributes attributes) {
        var pairs = pairs(statement, stage.variables);
        pairs.forEach(pair -> stage.env(pair.name(), pair.value()));
        attributes.list("variables", located(pairs));
    }

    void label(Statement statement, Stage stage, Attributes attributes) {
        var pairs = pairs(statement, stage.variables);
        pairs.forEach(pair -> stage.label(pair.name(), pair.value()));
        attributes.list("labels", located(pairs));
    }

    /** {@code ARG a b=2}; what has no default here may have one before the first stage. */
    void arg(Statement statement, Variables variables, Variables global, Attributes attributes) {
        var found = new ArrayList<Pair>();
        for (var word : Words.split(statement.arguments().text(), escape)) {
            int eq = word.text().indexOf('=');
            var name = Words.unquote(eq < 0 ? word.text() : word.text().substring(0, eq), escape);
            var position = at(statement, word.offset());
            Value value;
            if (eq >= 0) {
                value = Expansion.of(word.text().substring(eq + 1), escape, variables);
            } else if (variables != global && global.hasArg(name)) {
                value = global.get(name);
            } else {
                value = Unknown.because("ARG " + name + " has no default");
            }
            variables.setArg(name, value);
            var written = eq < 0 ? "" : word.text().substring(eq + 1);
            found.add(new Pair(name, new Located(value, position), Words.unquote(written, escape), eq >= 0));
        }
        attributes.list("variables", located(found));
    }

    void expose(Statement statement, Stage stage, Attributes attributes) {
        var ports = new ArrayList<Located>();
        for (var word : Words.split(statement.arguments().text(), escape)) {
            var position = at(statement, word.offset());
            for (var port : Ports.of(Expansion.of(word.text(), escape, stage.variables))) {
                ports.add(new Located(port.attributes(position), position));
            }
        }
        ports.forEach(stage::expose);
        attributes.list("ports", ports);
    }

    void user(Statement statement, Stage stage, Attributes attributes) {
        var position = at(statement, 0);
        var name = ImageName.split(whole(statement, stage), ':');
        attributes.put("user", name.getFirst()).put("group", name.getLast());
        stage.settings.remove("group");
        stage.settings.put("user", new Located(name.getFirst(), position));
        stage.settings.put("group", new Located(name.getLast(), position));
        stage.userSet = true;
    }

    /** WORKDIR or STOPSIGNAL. */
    void single(String name, Statement statement, Stage stage, Attributes attributes) {
        var value = new Located(whole(statement, stage), at(statement, 0));
        attributes.put(name, value);
        stage.settings.put(name, value);
    }

    void volume(Statement statement, Stage stage, Attributes attributes) {
        var volumes = words(statement, stage.variables);
        volumes.forEach(stage::volume);
        attributes.list("volumes", volumes);
    }

    void shell(Statement statement, Stage stage, Attributes attributes) {
        ExecForm.of(statement.arguments().text().strip())
                .filter(words -> !words.isEmpty())
                .ifPresent(words -> {
                    stage.shell = List.copyOf(words);
                    attributes.texts("arguments", words);
                });
    }

    /** The arguments, whether they stand in an array or between blanks. */
    List<Located> words(Statement statement, Variables variables) {
        var text = statement.arguments().text().strip();
        var array = ExecForm.of(text);
        var words = new ArrayList<Located>();
        if (array.isPresent()) {
            array.get()
                    .forEach(word -> words.add(new Located(Expansion.of(word, escape, variables), at(statement, 0))));
        } else {
            for (var word : Words.split(text, escape)) {
                words.add(new Located(Expansion.of(word.text(), escape, variables), at(statement, word.offset())));
            }
        }
        return words;
    }

    private Value whole(Statement statement, Stage stage) {
        return Expansion.of(statement.arguments().text().strip(), escape, stage.variables);
    }

    /** @param written the value before its variables are filled in */
    private record Pair(String name, Located value, String written, boolean set) {}

    private List<Pair> pairs(Statement statement, Variables variables) {
        var text = statement.arguments().text().stripTrailing();
        var words = Words.split(text, escape);
        var pairs = new ArrayList<Pair>(words.size());
        if (words.isEmpty()) {
            return pairs;
        }
        var first = words.getFirst();
        if (first.text().indexOf('=') < 0) {
            var rest = text.substring(first.offset() + first.text().length()).strip();
            var name = Words.unquote(first.text(), escape);
            pairs.add(pair(name, rest, variables, at(statement, first.offset())));
            return pairs;
        }
        for (var word : words) {
            int eq = word.text().indexOf('=');
            if (eq > 0) {
                var name = Words.unquote(word.text().substring(0, eq), escape);
                pairs.add(pair(name, word.text().substring(eq + 1), variables, at(statement, word.offset())));
            }
        }
        return pairs;
    }

    private Pair pair(String name, String value, Variables variables, Position position) {
        return new Pair(
                name,
                new Located(Expansion.of(value, escape, variables), position),
                Words.unquote(value, escape),
                true);
    }

    private List<Located> located(List<Pair> pairs) {
        var names = new HashSet<String>();
        pairs.forEach(pair -> names.add(pair.name()));
        var items = new ArrayList<Located>(pairs.size());
        for (var pair : pairs) {
            var item = new Attributes(pair.value().position())
                    .put("name", pair.name())
                    .put("written", pair.written())
                    .put("set", pair.set())
                    .texts("siblings", siblings(pair, names));
            items.add((pair.set() ? item.put("value", pair.value()) : item).located());
        }
        return items;
    }

    /** The variables of the same instruction that a value is written with. */
    private static List<String> siblings(Pair pair, Set<String> names) {
        var found = new ArrayList<String>();
        var text = pair.written();
        for (int at = text.indexOf('$'); at >= 0 && names.size() > 1; at = text.indexOf('$', at + 1)) {
            int start = text.startsWith("{", at + 1) ? at + 2 : at + 1;
            int end = Expansion.nameEnd(text, start);
            var name = text.substring(start, end);
            if (names.contains(name) && !name.equals(pair.name())) {
                found.add(name);
            }
        }
        return found;
    }

    Position at(Statement statement, int offset) {
        int line = statement.arguments().lineAt(offset);
        return new Position(path, line, 1, line);
    }
}
