package dev.stepzero.scan.docker;

import java.util.ArrayList;
import java.util.List;

/** Finds the here-documents that a line announces, where BuildKit looks for them. */
final class Heredocs {
    private static final int MOST = 100;

    private Heredocs() {}

    /** {@code <<-"EOF"} */
    record Announced(String name, boolean expand, boolean stripTabs) {
        boolean endsAt(String line) {
            int at = 0;
            while (stripTabs && at < line.length() && line.charAt(at) == '\t') {
                at++;
            }
            return line.length() - at == name.length() && line.endsWith(name);
        }
    }

    static List<Announced> announcedIn(String text, char escape) {
        var found = new ArrayList<Announced>();
        if (text.contains("<<")) {
            for (var word : Words.split(text, escape)) {
                announced(word.text(), escape, found);
            }
        }
        return found;
    }

    private static void announced(String word, char escape, List<Announced> found) {
        int at = 0;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            at++;
        }
        if (!word.startsWith("<<", at)) {
            return;
        }
        at += 2;
        boolean strip = word.startsWith("-", at);
        at += strip ? 1 : 0;
        int end = at;
        while (end < word.length() && "<>|;&()".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        var quoted = word.substring(at, end);
        var name = Words.unquote(quoted, escape);
        boolean hereString = end < word.length() && word.charAt(end) == '<';
        if (!name.isEmpty() && !hereString && found.size() < MOST) {
            found.add(new Announced(name, name.equals(quoted), strip));
        }
    }
}
