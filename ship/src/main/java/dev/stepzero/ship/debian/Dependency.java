package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One way of meeting a dependency: a package's name and, where it matters, which versions of it will do. */
record Dependency(String name, Optional<Relation> relation) {
    private static final Pattern FORM = Pattern.compile(
            "([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?\\s*(?:\\(\\s*(<<|<=|=|>=|>>|<|>)\\s*([^)\\s]+)\\s*\\))?");

    /** Which versions will do: {@code operator} as in Debian Policy, section 7.1. */
    record Relation(String operator, DebianVersion version) {

        boolean holdsFor(DebianVersion candidate) {
            var order = candidate.compareTo(version);
            return switch (operator) {
                case "<<" -> order < 0;
                case "<=", "<" -> order <= 0;
                case "=" -> order == 0;
                case ">=", ">" -> order >= 0;
                default -> order > 0;
            };
        }
    }

    boolean holdsFor(DebianVersion candidate) {
        return relation.isEmpty() || relation.get().holdsFor(candidate);
    }

    /** Reads a field such as {@code Depends}: each element is a list of alternatives, of which one must be there. */
    static List<List<Dependency>> readAll(String field) {
        var all = new ArrayList<List<Dependency>>();
        for (var clause : field.split(",", -1)) {
            if (!clause.isBlank()) {
                all.add(Arrays.stream(clause.split("\\|", -1))
                        .map(alternative -> read(alternative.strip()))
                        .toList());
            }
        }
        return all;
    }

    private static Dependency read(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw UserError.unreadable("the archive's index has a dependency that makes no sense: '" + text + "'");
        }
        return new Dependency(
                matcher.group(1),
                Optional.ofNullable(matcher.group(2))
                        .map(operator -> new Relation(operator, new DebianVersion(matcher.group(3)))));
    }
}
