package dev.stepzero.scan.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an advisory names, in a library.
 *
 * @param type the class, as the JVM writes it
 * @param method its name; empty for all of the class
 */
record Symbol(String type, String method) {

    /**
     * Understands {@code org.example.Parser.parse}, with {@code #}, {@code ::} or a slash between its parts, with
     * parameters behind or without, of a nested class or not, and {@code org.example.Parser} alone.
     *
     * @return empty where the library has no such class
     */
    static Optional<Symbol> of(String text, ClassPath classPath) {
        int parameters = text.indexOf('(');
        var plain = (parameters < 0 ? text : text.substring(0, parameters))
                .strip()
                .replace("::", ".")
                .replace('#', '.')
                .replace('/', '.');
        var parts = List.of(plain.split("\\.", -1));
        var whole = type(parts, classPath);
        if (whole.isPresent()) {
            return Optional.of(new Symbol(whole.get(), ""));
        }
        if (parts.size() < 2) {
            return Optional.empty();
        }
        var method = parts.getLast();
        return type(parts.subList(0, parts.size() - 1), classPath)
                .map(type -> new Symbol(type, isConstructor(type, method) ? "<init>" : method));
    }

    private static boolean isConstructor(String type, String method) {
        int begin = Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1;
        return type.substring(begin).equals(method);
    }

    /** The class that the parts are, of which the last ones may be nested in the first. */
    private static Optional<String> type(List<String> parts, ClassPath classPath) {
        for (int nested = 0; nested < parts.size(); nested++) {
            var names = new ArrayList<String>(parts);
            var inner = List.copyOf(names.subList(names.size() - nested, names.size()));
            var outer = String.join("/", names.subList(0, names.size() - nested));
            var name = inner.isEmpty() ? outer : outer + "$" + String.join("$", inner);
            if (classPath.has(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
