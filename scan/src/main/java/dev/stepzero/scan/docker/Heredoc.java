package dev.stepzero.scan.docker;

/**
 * A text that follows its instruction.
 *
 * @param expand whether variables are filled in, since its name stands without quotes
 * @param line where the text begins
 */
record Heredoc(String name, boolean expand, boolean stripTabs, String text, int line) {
    /** The text as the shell is given it. */
    String stripped() {
        if (!stripTabs) {
            return text;
        }
        var stripped = new StringBuilder(text.length());
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!begins || c != '\t') {
                stripped.append(c);
                begins = c == '\n';
            }
        }
        return stripped.toString();
    }
}
