package dev.stepzero.scan.reach;

import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The names of all classes of a class path, and how words of texts mean them. */
final class ClassNames {
    private final Set<String> classes = new HashSet<>();
    private final NavigableSet<String> sorted = new TreeSet<>();
    private final Set<String> packages = new HashSet<>();

    /** When the name of a package stands for all classes below it. */
    enum Packages {
        NONE,
        /** Where something may be put behind it: {@code "org.example."}. */
        PREFIXES,
        ALL
    }

    void add(String name) {
        classes.add(name);
        sorted.add(name);
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
            packages.add(name.substring(0, slash));
        }
    }

    int size() {
        return classes.size();
    }

    boolean has(String name) {
        return classes.contains(name);
    }

    NavigableSet<String> sorted() {
        return sorted;
    }

    /**
     * Finds the classes that a word names: itself, one that a descriptor writes, one that members or nested classes follow;
     * and of a package all that there are.
     *
     * @param word with slashes, as {@link Names} finds it
     */
    void named(String word, Packages packagesToo, Consumer<String> found) {
        if (word.startsWith("java/") || word.startsWith("Ljava/")) {
            return;
        }
        prefixes(word, found);
        int slash = word.indexOf('/');
        for (int at = word.indexOf('L'); at >= 0 && at < slash; at = word.indexOf('L', at + 1)) {
            prefixes(word.substring(at + 1), found);
        }
        if (packagesToo != Packages.NONE && slash > 0 && slash < word.length() - 1) {
            below(word, packagesToo, found);
        }
    }

    private void below(String word, Packages packagesToo, Consumer<String> found) {
        boolean prefix = word.endsWith("/");
        var name = prefix ? word.substring(0, word.length() - 1) : word;
        if (prefix || (packagesToo == Packages.ALL && packages.contains(name))) {
            // In the order of characters 0 follows the slash.
            sorted.subSet(name + "/", name + "0").forEach(found);
        }
    }

    private void prefixes(String word, Consumer<String> found) {
        for (int end = word.length(); end > 0; end = word.lastIndexOf('/', end - 1)) {
            var name = word.substring(0, end);
            if (has(name)) {
                found.accept(name);
                nested(name, word.substring(end), found);
                return;
            }
        }
    }

    /** {@code Outer.Inner}, as people write it. */
    private void nested(String outer, String rest, Consumer<String> found) {
        var name = outer;
        for (var part : rest.split("/", -1)) {
            if (!part.isEmpty()) {
                name = name + "$" + part;
                if (!has(name)) {
                    return;
                }
                found.accept(name);
            }
        }
    }
}
