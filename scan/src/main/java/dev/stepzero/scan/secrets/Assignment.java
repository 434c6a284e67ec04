package dev.stepzero.scan.secrets;

/**
 * Finds what is given to a name, as programs and configuration of all kinds write it: {@code name = "value"}, {@code "name":
 * 'value'}, {@code name := value}, {@code name: String = "value"}, {@code <name>value}, {@code name("value")}, {@code <entry
 * name="..." value="..."/>}, {@code name "value"}, {@code --name value}, {@code #define NAME value}, {@code get("name") or
 * "value"}, and Terraform's {@code variable "name" { default = "value" }}. Looks at some hundreds of bytes at most and never
 * goes back, so its work is bounded.
 */
final class Assignment {
    private static final int LONGEST_NAME = 40;
    private static final int MOST_WORDS = 3;
    private static final int MOST_CLOSERS = 5;
    private static final int MOST_OPERATORS = 4;
    private static final int LONGEST_BLOCK = 300;
    private static final int FARTHEST_BACK = 60;

    private final ValueStart start = new ValueStart();

    private int nameEnd;
    private int wordsEnd;
    private int words;
    private boolean call;
    private boolean beside;

    /** Looks behind a part of a name. @return whether something is given to it */
    boolean behind(Bytes text, int from) {
        var bytes = text.array();
        int to = text.length();
        int at = from;
        while (at < to && at - from < LONGEST_NAME && Letters.isName(bytes[at])) {
            at++;
        }
        nameEnd = at;
        words = 0;
        call = false;
        beside = false;
        if (at < to && Letters.isSpace(bytes[at]) && isValueBeside(text) && isGivenByBlank(bytes, from)) {
            return beside(text);
        }
        // A type may follow the name, or further words of it.
        while (at < to && at - from < LONGEST_NAME && isOfLine(bytes[at])) {
            words += Letters.isWord(bytes[at]) && !Letters.isName(bytes[at - 1]) ? 1 : 0;
            at++;
        }
        if (words > MOST_WORDS) {
            return false;
        }
        at = back(bytes, at);
        wordsEnd = at;
        at = text.pastClosers(at, MOST_CLOSERS);
        if (text.follows(at, "value")) {
            at = text.pastClosers(at + "value".length(), MOST_CLOSERS);
        }
        if (at < to && bytes[at] == '{' && at > 1 && bytes[wordsEnd] == '"') {
            int set = ofVariable(text, at + 1);
            at = set < 0 ? at : set;
        }
        int operator = at;
        boolean assigns = false;
        while (at < to && at - operator < MOST_OPERATORS && Letters.isOperator(bytes[at])) {
            assigns |= "=:>,(".indexOf(bytes[at]) >= 0
                    || (at > operator && bytes[at] == bytes[at - 1] && "|?".indexOf(bytes[at]) >= 0);
            at++;
        }
        if (!assigns) {
            beside = true;
            return orElse(text, operator) || (isQuoteBeside(text) && beside(text));
        }
        call = (bytes[operator] == '(' || bytes[operator] == ',') && !isSetting(bytes, from);
        return start.find(text, at) && (bytes[operator] != ':' || at > operator + 1 || start.passType(text));
    }

    private static boolean isSetting(byte[] bytes, int from) {
        int start = Lead.nameStart(bytes, from, FARTHEST_BACK);
        return Lead.isOption(bytes, start) || Lead.isSetting(bytes, start);
    }

    /** Whether what is before the name says that its value follows a blank. */
    private static boolean isGivenByBlank(byte[] bytes, int from) {
        int start = Lead.nameStart(bytes, from, FARTHEST_BACK);
        return Lead.isOption(bytes, start) || Lead.isDirective(bytes, start);
    }

    private boolean isQuoteBeside(Bytes text) {
        int at = pastBlanks(text);
        return at > nameEnd && at < text.length() && Letters.isQuote(text.array()[at]) && text.array()[at] != '`';
    }

    /** Whether neither the next option nor an operator follows the blanks behind the name. */
    private boolean isValueBeside(Bytes text) {
        int at = pastBlanks(text);
        return at < text.length() && text.array()[at] != '-' && !Letters.isOperator(text.array()[at]);
    }

    /** What follows a name and a blank on its line. */
    private boolean beside(Bytes text) {
        words = 0;
        wordsEnd = nameEnd;
        return start.find(text, pastBlanks(text));
    }

    private int pastBlanks(Bytes text) {
        int at = nameEnd;
        while (at < text.length() && at - nameEnd < MOST_CLOSERS && Letters.isSpace(text.array()[at])) {
            at++;
        }
        return at;
    }

    /** {@code getenv("NAME") or "value"}. */
    private boolean orElse(Bytes text, int at) {
        int behind = at + 2;
        return text.follows(at, "or")
                && behind + 1 < text.length()
                && text.array()[behind] == ' '
                && Letters.isQuote(text.array()[behind + 1])
                && start.find(text, behind);
    }

    /** Where the default of a variable's block is set; -1 where the block has none. */
    private static int ofVariable(Bytes text, int from) {
        var bytes = text.array();
        int limit = Math.min(text.length(), from + LONGEST_BLOCK);
        for (int at = from; at < limit && bytes[at] != '}'; at++) {
            if (bytes[at] == 'd' && Letters.isBlank(bytes[at - 1]) && text.follows(at, "default")) {
                int behind = text.pastClosers(at + "default".length(), LONGEST_NAME);
                if (behind < limit && bytes[behind] == '=') {
                    return behind;
                }
            }
        }
        return -1;
    }

    private static boolean isOfLine(byte b) {
        return Letters.isName(b) || Letters.isSpace(b);
    }

    /** Behind the last word: the blanks and full stops before an operator are none of the name's. */
    private static int back(byte[] bytes, int at) {
        int end = at;
        while (end > 0 && (bytes[end - 1] == '.' || Letters.isSpace(bytes[end - 1]))) {
            end--;
        }
        return end;
    }

    /** Where the value begins, and how. */
    ValueStart start() {
        return start;
    }

    /** Where the name ends that the part belongs to. */
    int nameEnd() {
        return nameEnd;
    }

    /** Where the words end that follow the name. */
    int wordsEnd() {
        return Math.max(nameEnd, wordsEnd);
    }

    /** How many words follow the name before something is given to it. */
    int words() {
        return words;
    }

    /** Whether it is an argument rather than an assigned value. */
    boolean isArgument() {
        return call;
    }

    /** Whether nothing but a blank is between the name and the value, and nothing before the name says why. */
    boolean isBeside() {
        return beside;
    }
}
