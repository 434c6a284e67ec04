package dev.stepzero.scan.secrets;

import java.util.List;
import java.util.Set;

/** Words of a text, one after another, as they are best read and changed. */
final class WordList {
    private WordList() {}

    static Set<String> set(String text) {
        return Set.copyOf(list(text));
    }

    static List<String> list(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
