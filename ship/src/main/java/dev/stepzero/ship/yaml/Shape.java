package dev.stepzero.ship.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a part of a file must look like. The same description checks the file and is printed as a JSON Schema for
 * editors, so the two cannot disagree.
 */
public sealed interface Shape {

    /** A mapping with known keys. */
    record Keys(Map<String, Key> keys, Set<String> required) implements Shape {
        public Keys {
            keys = new LinkedHashMap<>(keys);
            required = Set.copyOf(required);
        }
    }

    /** A mapping from at most 1,000 names that the user chooses. */
    record Named(Pattern names, Shape value) implements Shape {}

    /** A sequence of at most 1,000 items. */
    record Many(Shape item) implements Shape {}

    /** A text that matches a pattern; the example tells the user what is expected. */
    record Text(Pattern pattern, String example) implements Shape {}

    /** A whole number between two limits, both included. */
    record Whole(long least, long most) implements Shape {}

    /** One of some words. */
    record Choice(List<String> words) implements Shape {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /** A key with what it means. */
    record Key(Shape shape, String meaning) {}

    /** Any text of one line or more. */
    static Text text() {
        return new Text(Pattern.compile("(?s).{1,10000}"), "some text");
    }

    /** A text that matches the whole pattern. */
    static Text text(String pattern, String example) {
        return new Text(Pattern.compile(pattern), example);
    }

    /** A time such as {@code 90s} or {@code 10m}. */
    static Text duration() {
        return text("[1-9][0-9]{0,5}(s|m|h)", "90s, 10m or 1h");
    }
}
