package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Grammar;
import java.util.List;
import java.util.Optional;

/** The languages that are judged by their syntax. */
public final class Languages {
    private static final List<Language> ALL = List.of(new Python(), new JavaScript(), new Go());

    private Languages() {}

    /** The one that rule files call so. @throws IllegalArgumentException if there is none */
    public static Language named(String name) {
        return ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    /** The one of a file, by its path; empty where it is none of these. */
    public static Optional<Language> of(String path) {
        return ALL.stream().filter(each -> each.grammar(path).isPresent()).findFirst();
    }

    /** The one of a file without an ending, by its first line. */
    public static Optional<Language> begunBy(String firstLine) {
        return ALL.stream().filter(each -> each.isBegunBy(firstLine)).findFirst();
    }

    /** The grammar for a file of a language; that of its patterns where the path does not tell. */
    public static Grammar grammar(Language language, String path) {
        return language.grammar(path).orElse(language.patterns());
    }
}
