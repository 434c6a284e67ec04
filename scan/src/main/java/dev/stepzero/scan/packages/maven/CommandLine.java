package dev.stepzero.scan.packages.maven;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options that a project gives to each of its Maven builds, in {@code .mvn/maven.config}. */
record CommandLine(Map<String, String> properties, Set<String> profiles) {
    static final CommandLine NONE = new CommandLine(Map.of(), Set.of());

    static CommandLine of(String text) {
        var words = List.of(text.strip().split("\\s+"));
        var properties = new HashMap<String, String>();
        var profiles = new HashSet<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var next = i + 1 < words.size() ? words.get(i + 1) : "";
            if (word.equals("-D") || word.equals("--define")) {
                define(next, properties);
            } else if (word.startsWith("-D")) {
                define(word.substring(2), properties);
            } else if (word.equals("-P") || word.equals("--activate-profiles")) {
                profiles.addAll(List.of(next.split(",")));
            } else if (word.startsWith("-P")) {
                profiles.addAll(List.of(word.substring(2).split(",")));
            }
        }
        return new CommandLine(Map.copyOf(properties), Set.copyOf(profiles));
    }

    private static void define(String definition, Map<String, String> properties) {
        int equals = definition.indexOf('=');
        var name = equals < 0 ? definition : definition.substring(0, equals);
        properties.put(name, equals < 0 ? "true" : definition.substring(equals + 1));
    }
}
