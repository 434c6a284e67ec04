package dev.stepzero.scan.secrets;

import java.util.List;

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
    private static final int MOST_OPENERS = 40;
    private static final int LONGEST_BLOCK = 300;
    private static final int LONGEST_TYPE = 40;
    private static final int FARTHEST_BACK = 60;

    /** What makes bytes or a secret of a text; a bracket before them is an opener. */
    private static final List<String> CONVERTERS = List.of(
            "byte(", "bytes(", "bytearray(", "buffer.from(", "string(", "new string(", "str(", "secretstr(", "strdup(");
    /** Quotes as XML and HTML write them. */
    private static final List<String> ENTITIES = List.of("&quot;", "&#34;", "&apos;", "&#39;");

    private int nameEnd;
    private int wordsEnd;
    private int words;
    private int value;
    private byte quote;
    private boolean call;
    private boolean indented;
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
        if (at < to && isBlank(bytes[at]) && isValueBeside(text) && isGivenByBlank(bytes, from)) {
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
        at = skip(text, at, MOST_CLOSERS);
        if (follows(text, at, "value")) {
            at = skip(text, at + "value".length(), MOST_CLOSERS);
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
        if (!opened(text, at)) {
            return false;
        }
        int typed =
                bytes[operator] == ':' && at == operator + 1 && quote == 0 && !indented ? behindType(text, value) : -1;
        return typed < 0 || opened(text, typed);
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
        return at > nameEnd && at < text.length() && isQuote(text.array()[at]) && text.array()[at] != '`';
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
        return opened(text, pastBlanks(text));
    }

    private int pastBlanks(Bytes text) {
        int at = nameEnd;
        while (at < text.length() && at - nameEnd < MOST_CLOSERS && isBlank(text.array()[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** {@code getenv("NAME") or "value"}. */
    private boolean orElse(Bytes text, int at) {
        int behind = at + 2;
        return follows(text, at, "or")
                && behind + 1 < text.length()
                && text.array()[behind] == ' '
                && isQuote(text.array()[behind + 1])
                && opened(text, behind);
    }

    /** Where the value begins of what has its type behind its name, as in {@code password: String = "..."}; -1 elsewhere. */
    private static int behindType(Bytes text, int from) {
        var bytes = text.array();
        int limit = Math.min(text.length(), from + LONGEST_TYPE);
        int at = from;
        while (at < limit && isOfType(bytes[at])) {
            at++;
        }
        boolean set = at > from + 1 && at + 2 < limit && bytes[at] == '=' && bytes[at - 1] == ' ';
        int quoted = set && bytes[at + 1] == ' ' ? at + 2 : at + 1;
        return set && isQuote(bytes[quoted]) ? quoted : -1;
    }

    private static boolean isOfType(byte b) {
        return Letters.isWord(b) || "[]<>?.*& ".indexOf(b) >= 0;
    }

    private static boolean isQuote(byte b) {
        return b == '"' || b == '\'' || b == '`';
    }

    /** Where the default of a variable's block is set; -1 where the block has none. */
    private static int ofVariable(Bytes text, int from) {
        var bytes = text.array();
        int limit = Math.min(text.length(), from + LONGEST_BLOCK);
        for (int at = from; at < limit && bytes[at] != '}'; at++) {
            if (bytes[at] == 'd' && Letters.isBlank(bytes[at - 1]) && follows(text, at, "default")) {
                int behind = skip(text, at + "default".length(), LONGEST_NAME);
                if (behind < limit && bytes[behind] == '=') {
                    return behind;
                }
            }
        }
        return -1;
    }

    private boolean opened(Bytes text, int from) {
        var bytes = text.array();
        int to = text.length();
        int at = from;
        quote = 0;
        indented = false;
        while (at < to && at - from < MOST_OPENERS && Letters.isOpener(bytes[at])) {
            byte opener = bytes[at];
            if (isQuote(opener) && endsEmpty(bytes, from, at, to)) {
                return false;
            }
            quote = isQuote(opener) ? opener : quote;
            indented |= opener == '\n';
            at++;
        }
        if (follows(text, at, "value") && at + 5 < to && !Letters.isName(bytes[at + 5])) {
            int second = skip(text, at + 5, MOST_CLOSERS);
            if (second < to && Letters.isOperator(bytes[second])) {
                return opened(text, second + 1);
            }
        }
        value = quote == 0 ? inner(text, at) : at;
        return at < to;
    }

    /** Whether a quote is the second of two and not one of three: nothing is between them. */
    private static boolean endsEmpty(byte[] bytes, int from, int at, int to) {
        byte quote = bytes[at];
        return at > from
                && bytes[at - 1] == quote
                && (at - 1 == from || bytes[at - 2] != quote)
                && (at + 1 == to || bytes[at + 1] != quote);
    }

    /** Behind the letter or the call that a text in quotes has before it: {@code b"..."}, {@code []byte("...")}. */
    private int inner(Bytes text, int at) {
        var bytes = text.array();
        if (at + 1 < text.length() && isQuote(bytes[at + 1]) && "bBuUrRfFLN@".indexOf(bytes[at]) >= 0) {
            quote = bytes[at + 1];
            return at + 2;
        }
        int call = at < text.length() && bytes[at] == ']' ? at + 1 : at;
        for (var converter : CONVERTERS) {
            int quoted = call + converter.length();
            if (quoted < text.length() && follows(text, call, converter) && isQuote(bytes[quoted])) {
                quote = bytes[quoted];
                return quoted + 1;
            }
        }
        for (var entity : ENTITIES) {
            if (follows(text, at, entity)) {
                return at + entity.length();
            }
        }
        return at;
    }

    private static boolean isOfLine(byte b) {
        return Letters.isName(b) || b == ' ' || b == '\t';
    }

    /** Behind the last word: the blanks and full stops before an operator are none of the name's. */
    private static int back(byte[] bytes, int at) {
        int end = at;
        while (end > 0 && (bytes[end - 1] == '.' || bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    private static int skip(Bytes text, int from, int most) {
        int at = from;
        int closers = 0;
        while (at < text.length() && at - from < MOST_OPENERS && closers < most && Letters.isCloser(text.array()[at])) {
            closers += isBlank(text.array()[at]) ? 0 : 1;
            at++;
        }
        return at;
    }

    private static boolean follows(Bytes text, int at, String word) {
        if (at + word.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((text.array()[at + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
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

    /** Where the value begins. */
    int value() {
        return value;
    }

    /** The quote before the value; 0 where there is none. */
    byte quote() {
        return quote;
    }

    /** Whether it is an argument rather than an assigned value. */
    boolean isArgument() {
        return call;
    }

    /** Whether nothing but a blank is between the name and the value, and nothing before the name says why. */
    boolean isBeside() {
        return beside;
    }

    /** Whether the value begins on a line below. */
    boolean isBelow() {
        return indented;
    }

    /** Where the value ends: at its quote, or before what no bare value holds. */
    int end(Bytes text, int longest) {
        var bytes = text.array();
        int limit = Math.min(text.length(), value + longest + 1);
        int at = value;
        while (at < limit && !(quote == 0 ? Letters.isEnd(bytes[at]) : closes(bytes, at, limit))) {
            at++;
        }
        return at;
    }

    /** Quotes within quotes are escaped, as is the end of a line. */
    private boolean closes(byte[] bytes, int at, int limit) {
        byte b = bytes[at];
        boolean escape = b == '\\' && at + 1 < limit && (bytes[at + 1] == quote || bytes[at + 1] == 'n');
        return b == quote || b == '\n' || escape;
    }
}
