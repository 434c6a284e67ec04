package dev.stepzero.scan.terraform.hcl;

/**
 * Finds where reading can go on after a mistake: at the next line that begins an attribute or block of the same body,
 * or at the brace that closes it. Brackets are counted; where they were left open, the indentation decides.
 */
final class Recovery {
    private final Scanner scanner;
    private final char[] text;
    private final int end;
    private boolean heredocsEnd = true;

    Recovery(Scanner scanner) {
        this.scanner = scanner;
        text = scanner.text;
        end = scanner.end;
    }

    /**
     * Moves the scanner on from where it is.
     *
     * @param brackets how many brackets are open there
     * @param start where the item with the mistake begins
     */
    void resume(int brackets, int start) {
        int indentation = scanner.source.columnsBefore(start);
        int depth = Math.max(0, brackets);
        int line = lineStart(scanner.at);
        int firstInLine = skipBlanks(line);
        if (firstInLine > start && depth > 0 && firstInLine - line <= indentation && beginsItem(firstInLine)) {
            scanner.at = firstInLine;
            return;
        }
        int at = firstInLine == scanner.at && line > start ? line - 1 : scanner.at;
        while (at < end) {
            switch (text[at]) {
                case '\n' -> {
                    int first = skipBlanks(at + 1);
                    int columns = first - at - 1;
                    if (columns <= indentation || depth == 0) {
                        if (beginsItem(first)) {
                            scanner.at = first;
                            return;
                        }
                        if (text[first] == '}' && depth > 0) {
                            depth = columns < indentation ? 0 : 1;
                        }
                    }
                    at = first;
                }
                case '(', '[', '{' -> {
                    depth++;
                    at++;
                }
                case ')', ']' -> {
                    depth = Math.max(0, depth - 1);
                    at++;
                }
                case '}' -> {
                    if (depth == 0) {
                        scanner.at = at;
                        return;
                    }
                    depth--;
                    at++;
                }
                case '"' -> at = skipString(at + 1);
                case '#' -> at = lineEnd(at);
                case '/' -> at = text[at + 1] == '/' ? lineEnd(at) : text[at + 1] == '*' ? skipComment(at) : at + 1;
                case '<' -> at = text[at + 1] == '<' && heredocsEnd ? skipHeredoc(at) : at + 1;
                default -> at++;
            }
        }
        scanner.at = end;
    }

    /** Whether a line goes {@code name =}, <code>name {</code> or {@code name "label"}. */
    private boolean beginsItem(int start) {
        int at = Characters.nameEnd(text, start, end);
        if (at == start) {
            return false;
        }
        at = skipBlanks(at);
        char c = text[at];
        if (c == '=') {
            return text[at + 1] != '=' && text[at + 1] != '>';
        }
        return c == '{' || c == '"';
    }

    private int skipBlanks(int start) {
        int at = start;
        while (text[at] == ' ' || text[at] == '\t') {
            at++;
        }
        return at;
    }

    private int lineStart(int offset) {
        int at = offset;
        while (at > 0 && text[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private int lineEnd(int start) {
        int at = start;
        while (at < end && text[at] != '\n') {
            at++;
        }
        return at;
    }

    private int skipString(int start) {
        int at = start;
        while (at < end && text[at] != '\n') {
            if (text[at] == '"') {
                return at + 1;
            }
            at += text[at] == '\\' && at + 1 < end && text[at + 1] != '\n' ? 2 : 1;
        }
        return at;
    }

    private int skipComment(int start) {
        int before = scanner.at;
        scanner.at = start;
        try {
            scanner.space();
            return Math.max(scanner.at, start + 2);
        } catch (Mistake unclosed) {
            return start + 2;
        } finally {
            scanner.at = before;
        }
    }

    private int skipHeredoc(int start) {
        int marker = start + (text[start + 2] == '-' ? 3 : 2);
        int after = Characters.nameEnd(text, marker, end);
        if (after == marker || (text[after] != '\n' && text[after] != '\r')) {
            return start + 2;
        }
        int found = Heredoc.endOf(scanner, after, marker, after);
        heredocsEnd = found >= 0;
        return heredocsEnd ? found : after;
    }
}
