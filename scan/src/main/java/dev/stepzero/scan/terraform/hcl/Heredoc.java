package dev.stepzero.scan.terraform.hcl;

/** Where a heredoc ends. */
final class Heredoc {
    private Heredoc() {}

    /** After the marker's line that comes next, without its line break; -1 if none does. */
    static int endOf(Scanner scanner, int from, int marker, int markerEnd) {
        int at = from;
        while (at < scanner.end) {
            if (scanner.text[at++] == '\n') {
                int found = closing(scanner, at, marker, markerEnd);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }

    /** Where the marker ends if it is all that the line holds that begins here; -1 otherwise. */
    static int closing(Scanner scanner, int line, int marker, int markerEnd) {
        var text = scanner.text;
        int at = skipBlanks(text, line);
        for (int i = marker; i < markerEnd; i++) {
            if (text[at] != text[i] || at >= scanner.end) {
                return -1;
            }
            at++;
        }
        int after = skipBlanks(text, at);
        return after >= scanner.end || text[after] == '\n' ? at : -1;
    }

    private static int skipBlanks(char[] text, int start) {
        int at = start;
        while (text[at] == ' ' || text[at] == '\t' || text[at] == '\r') {
            at++;
        }
        return at;
    }
}
