package dev.stepzero.scan.packages.python;

import java.util.ArrayList;
import java.util.List;

/** The comments with which pip-compile and uv say who asked for a package. */
final class Via {
    private static final String MARK = "# via";

    private Via() {}

    /** Who is named on the lines behind one; nobody where there is no such comment. */
    static List<String> behind(List<String> lines, int line) {
        var via = new ArrayList<String>();
        int inLine = lines.get(line).indexOf(MARK);
        if (inLine >= 0) {
            add(lines.get(line).substring(inLine + MARK.length()), via);
        }
        boolean in = inLine >= 0;
        for (int i = line + 1; i < lines.size(); i++) {
            var text = lines.get(i).strip();
            boolean begins = text.startsWith(MARK);
            if (!begins && !(in && text.startsWith("#"))) {
                break;
            }
            in = true;
            add(text.substring(begins ? MARK.length() : 1), via);
        }
        return via;
    }

    private static void add(String names, List<String> via) {
        for (var name : names.split(",", -1)) {
            if (!name.isBlank()) {
                via.add(name.strip());
            }
        }
    }

    /** Whether a file of the project asks, not another package. */
    static boolean isProject(String name) {
        return name.startsWith("-r ") || name.startsWith("-c ") || name.contains("(");
    }
}
