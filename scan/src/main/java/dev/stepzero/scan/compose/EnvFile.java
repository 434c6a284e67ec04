package dev.stepzero.scan.compose;

import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.HashMap;
import java.util.Map;

/** The {@code .env} file beside a Compose file: a variable a line. */
final class EnvFile {
    private EnvFile() {}

    static Map<String, String> beside(String directory, TreeFiles files, Intake intake) {
        var file = files.at(directory.isEmpty() ? ".env" : directory + "/.env");
        if (file.isEmpty()) {
            return Map.of();
        }
        try {
            var variables = new HashMap<String, String>();
            file.get().text().lines().forEach(line -> take(line.strip(), variables));
            return variables;
        } catch (TreeFile.UnreadableFile e) {
            intake.unreadable(file.get().path(), String.valueOf(e.getMessage()));
            return Map.of();
        }
    }

    private static void take(String line, Map<String, String> variables) {
        int equals = line.indexOf('=');
        if (line.startsWith("#") || equals <= 0) {
            return;
        }
        var name = line.substring(0, equals).strip();
        name = name.startsWith("export ") ? name.substring("export ".length()).strip() : name;
        variables.put(name, value(line.substring(equals + 1).strip()));
    }

    private static String value(String written) {
        if (written.length() >= 2) {
            char quote = written.charAt(0);
            int end = written.indexOf(quote, 1);
            if ((quote == '"' || quote == '\'') && end > 0) {
                return written.substring(1, end);
            }
        }
        int comment = written.indexOf(" #");
        return comment < 0 ? written : written.substring(0, comment).strip();
    }
}
