package dev.stepzero.rules;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.UserError;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** An object of a rule file; says where it is when something in it is wrong. */
public final class RuleYaml {
    private static final int DEEPEST = 20;

    private final String path;
    private final String within;
    private final Map<?, ?> entries;

    private RuleYaml(String path, String within, Map<?, ?> entries) {
        this.path = path;
        this.within = within;
        this.entries = entries;
    }

    /** Reads a file. @throws UserError if it is no object, or one that is nested without end */
    public static RuleYaml parse(String path, String text) {
        try {
            var settings = LoadSettings.builder()
                    .setLabel(path)
                    .setCodePointLimit(1 << 20)
                    .build();
            refuse(new Parse(settings).parseString(text), path);
            if (new Load(settings).loadFromString(text) instanceof Map<?, ?> map) {
                return new RuleYaml(path, "", map);
            }
        } catch (YamlEngineException | IllegalArgumentException e) {
            // The scanner lets through what its own checks miss, such as an escape for a character that there is not.
            throw UserError.unreadable("it is no YAML: " + e.getMessage()).at(path);
        }
        throw UserError.unreadable("a rule file is an object with 'id', 'title' and so on")
                .at(path);
    }

    /** Writes it for {@link #read}. */
    void write(DataOutputStream out) throws IOException {
        PackedYaml.write(out, entries);
    }

    /** Reads what was parsed and written before. */
    static RuleYaml read(String path, DataInputStream in) throws IOException {
        if (PackedYaml.read(in) instanceof Map<?, ?> map) {
            return new RuleYaml(path, "", map);
        }
        throw new IOException("no object was packed of " + path);
    }

    /** Refuses what would overflow the stack of whoever walks it: great depth, and aliases, which can hold themselves. */
    private static void refuse(Iterable<Event> events, String path) {
        int depth = 0;
        for (var event : events) {
            switch (event) {
                case AliasEvent alias ->
                    throw UserError.unreadable("a rule file has no aliases")
                            .at(path)
                            .fix("write the value itself");
                case CollectionStartEvent start -> depth++;
                case CollectionEndEvent end -> depth--;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw UserError.unreadable("it is nested deeper than " + DEEPEST + " levels")
                        .at(path);
            }
        }
    }

    /** Refuses keys that nobody reads. */
    public void only(Set<String> known) {
        for (var key : entries.keySet()) {
            require(known.contains(String.valueOf(key)), "'%s' is not known here".formatted(key));
        }
    }

    public List<String> keys() {
        return entries.keySet().stream().map(String::valueOf).toList();
    }

    /** The text under a key. @throws UserError if there is none */
    public String text(String key) {
        return optional(key).orElseThrow(() -> wrong("'%s' is missing".formatted(key)));
    }

    public Optional<String> optional(String key) {
        @Nullable Object value = entries.get(key);
        require(!(value instanceof Map || value instanceof List), "'%s' is a text".formatted(key));
        return value == null ? Optional.empty() : Optional.of(String.valueOf(value));
    }

    /** The texts of a list, or the one text. */
    public List<String> texts(String key) {
        @Nullable Object value = entries.get(key);
        require(!(value instanceof Map), "'%s' is a list of texts".formatted(key));
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }

    /** Whether there is a text or a list that begins with one. */
    public boolean isTexts(String key) {
        @Nullable Object value = entries.get(key);
        @Nullable Object first = value instanceof List<?> list && !list.isEmpty() ? list.getFirst() : value;
        return first != null && !(first instanceof Map) && !(first instanceof List);
    }

    /** The objects of a list, or the one object. */
    public List<RuleYaml> maps(String key) {
        @Nullable Object value = entries.get(key);
        if (value == null) {
            return List.of();
        }
        var items = value instanceof List<?> list ? list : List.of(value);
        return items.stream().map(item -> map(key, item)).toList();
    }

    public Optional<RuleYaml> map(String key) {
        @Nullable Object value = entries.get(key);
        return value == null ? Optional.empty() : Optional.of(map(key, value));
    }

    /** The id of the rule that the file holds: the beginning of its name, up to the first dot. */
    public String id() {
        var id = text("id");
        var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        require(name.startsWith(id + "."), "the id '%s' is not the file's name '%s'".formatted(id, name));
        require(id.matches("[a-z0-9]++(-[a-z0-9]++)*+"), "an id is lower case letters, digits and hyphens");
        return id;
    }

    /** The severity under a key. */
    public Severity severity(String key) {
        var text = text(key);
        return Severity.labelled(text)
                .orElseThrow(() -> wrong("'%s' is no severity: low, medium, high or critical".formatted(text)));
    }

    /** What {@code stride} names, one threat at least. */
    public Set<Stride> stride() {
        var found = EnumSet.noneOf(Stride.class);
        for (var text : texts("stride")) {
            found.add(Stride.labelled(text).orElseThrow(() -> wrong("'%s' is no threat of STRIDE".formatted(text))));
        }
        require(!found.isEmpty(), "'stride' names no threat");
        return found;
    }

    /** The numbers under {@code cwe}. */
    public List<Integer> cwe() {
        return texts("cwe").stream().map(this::weakness).toList();
    }

    private int weakness(String text) {
        require(text.matches("[1-9][0-9]{0,5}"), "'%s' is no number of a CWE".formatted(text));
        return Integer.parseInt(text);
    }

    /** The regular expression under a key. */
    public Optional<Pattern> expression(String key) {
        try {
            return optional(key).map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw wrong("'%s' is no regular expression: %s".formatted(key, e.getDescription()));
        }
    }

    private RuleYaml map(String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            return new RuleYaml(path, within.isEmpty() ? key : within + "." + key, map);
        }
        throw wrong("'%s' is an object".formatted(key));
    }

    /** Refuses the file unless something holds. */
    public void require(boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    /** What is wrong here, as an error with the place. */
    public UserError wrong(String what) {
        return UserError.unreadable(within.isEmpty() ? what : "in '" + within + "': " + what)
                .at(path)
                .fix("docs/rules/language.md tells what a rule file holds");
    }
}
