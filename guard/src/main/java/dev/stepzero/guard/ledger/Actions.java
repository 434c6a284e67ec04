package dev.stepzero.guard.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names of what can be done, with what they mean. A feature adds its own in a resource {@code
 * META-INF/stepzero/ledger-actions}: a line each, {@code noun.verb} and then the meaning; {@code #} begins a comment.
 *
 * @param meanings by name
 */
public record Actions(SortedMap<String, String> meanings) {
    private static final String RESOURCE = "META-INF/stepzero/ledger-actions";
    private static final Pattern LINE = Pattern.compile("([a-z-]+\\.[a-z-]+)\\s+(\\S.*)");

    public Actions {
        meanings = new TreeMap<>(meanings);
    }

    /** All that the class path names. */
    public static Actions onClassPath() {
        var meanings = new TreeMap<String, String>();
        var loader = Actions.class.getClassLoader();
        for (var resource : (Iterable<URL>) loader.resources(RESOURCE)::iterator) {
            try (var lines = new BufferedReader(new InputStreamReader(resource.openStream(), StandardCharsets.UTF_8))) {
                lines.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .forEach(line -> add(line, resource, meanings));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Actions(meanings);
    }

    private static void add(String line, URL resource, SortedMap<String, String> meanings) {
        var action = LINE.matcher(line.strip());
        if (!action.matches() || meanings.put(action.group(1), action.group(2)) != null) {
            throw new IllegalStateException(
                    "%s: no action, or one that is there already: %s".formatted(resource, line));
        }
    }

    /** Refuses a name that is not known with an {@link IllegalArgumentException}: it is a mistake in our code. */
    void require(String action) {
        if (!meanings.containsKey(action)) {
            throw new IllegalArgumentException("no known action of the ledger: " + action);
        }
    }
}
