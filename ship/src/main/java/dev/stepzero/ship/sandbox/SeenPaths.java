package dev.stepzero.ship.sandbox;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the paths that a command was written for really are, in a sandbox that cannot put them there.
 *
 * @param places the real place of each path
 */
record SeenPaths(Map<String, Path> places) {

    SeenPaths {
        places = Map.copyOf(places);
    }

    /** The text with real paths wherever one of the others begins it, or follows an equals sign or a colon. */
    String translate(String text) {
        var paths = places.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<=^|[=:])(" + paths + ")(?=$|[/:])")
                .matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(place(match.group(1)).toString()));
    }

    Path place(String path) {
        var place = places.get(path);
        if (place == null) {
            throw new IllegalArgumentException("no such path in the sandbox: " + path);
        }
        return place;
    }
}
