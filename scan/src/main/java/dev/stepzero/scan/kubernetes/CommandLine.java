package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container is started with, told apart into its long options ({@code --name=value}, {@code --name value}, {@code
 * --name}) and its other words, so that a rule can ask how a component such as the API server is set up.
 */
final class CommandLine {
    /** A longer command line is a script, whose words tell nothing about options. */
    private static final int MOST_WORDS = 2_000;

    private final Map<String, Located> flags = new LinkedHashMap<>();
    private final List<Located> words = new ArrayList<>();
    private @Nullable Unknown open;

    private CommandLine() {}

    static CommandLine of(Value.Mapping container) {
        var line = new CommandLine();
        var all = new ArrayList<Located>();
        for (var name : new String[] {"command", "args"}) {
            if (container.get(name) instanceof Unknown unknown) {
                line.open = unknown;
            }
            for (var item : Look.items(container.get(name))) {
                if (item.value() instanceof Unknown) {
                    all.add(item);
                }
                Look.text(item.value()).ifPresent(text -> split(text, item.position(), all));
            }
        }
        if (all.size() <= MOST_WORDS) {
            line.sort(all);
        }
        return line;
    }

    /** A shell's script is one argument with many words. */
    private static void split(String text, Position position, List<Located> into) {
        int start = 0;
        while (start < text.length() && into.size() <= MOST_WORDS) {
            while (start < text.length() && text.charAt(start) <= ' ') {
                start++;
            }
            int end = start;
            while (end < text.length() && text.charAt(end) > ' ') {
                end++;
            }
            if (end > start) {
                into.add(new Located(Value.of(text.substring(start, end)), position));
            }
            start = end;
        }
    }

    private void sort(List<Located> all) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).value() instanceof Unknown unknown) {
                partly(unknown, all.get(i).position());
                continue;
            }
            var word = text(all.get(i));
            if (!word.startsWith("--") || word.length() == 2) {
                words.add(new Located(
                        Value.of(word.substring(word.lastIndexOf('/') + 1)),
                        all.get(i).position()));
                continue;
            }
            int equals = word.indexOf('=');
            if (equals > 0) {
                put(word.substring(2, equals), word.substring(equals + 1), all.get(i));
            } else if (i + 1 < all.size() && !text(all.get(i + 1)).startsWith("-")) {
                flags.put(
                        word.substring(2),
                        new Located(all.get(i + 1).value(), all.get(i).position()));
                i++;
            } else {
                put(word.substring(2), "true", all.get(i));
            }
        }
    }

    /** Of an option with an unknown value the name is often known. */
    private void partly(Unknown word, Position position) {
        int equals = word.prefix().indexOf('=');
        if (word.prefix().startsWith("--") && equals > 0) {
            flags.put(word.prefix().substring(2, equals), new Located(Unknown.because(word.chain()), position));
        } else {
            words.add(new Located(word, position));
        }
    }

    private void put(String name, String value, Located where) {
        flags.put(name, new Located(Value.of(value), where.position()));
    }

    private static String text(Located word) {
        return word.value() instanceof Unknown unknown
                ? unknown.prefix()
                : Look.text(word.value()).orElse("");
    }

    /** The options by name without dashes; of one that is given twice, the last. */
    Value flags() {
        return open == null ? new Value.Mapping(flags) : open;
    }

    /** The other words, programs without their directories. */
    Value words() {
        return open == null ? new Value.Sequence(words) : open;
    }
}
