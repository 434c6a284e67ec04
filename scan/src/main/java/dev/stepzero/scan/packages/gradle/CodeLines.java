package dev.stepzero.scan.packages.gradle;

import java.util.Iterator;
import java.util.List;

/** The lines of a build file without its comments. */
final class CodeLines {
    private final Iterator<String> lines;
    private boolean inComment;

    CodeLines(List<String> lines) {
        this.lines = lines.iterator();
    }

    /** The next line; every line of the file has one. */
    String next() {
        var line = lines.next();
        var code = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (inComment) {
                if (line.startsWith("*/", i)) {
                    inComment = false;
                    i++;
                }
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
                code.append(c);
            } else if (line.startsWith("//", i)) {
                break;
            } else if (line.startsWith("/*", i)) {
                inComment = true;
                i++;
            } else {
                quote = c == '"' || c == '\'' ? c : 0;
                code.append(c);
            }
        }
        return code.toString();
    }
}
