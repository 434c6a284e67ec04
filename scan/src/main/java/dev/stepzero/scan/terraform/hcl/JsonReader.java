package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON up to the first mistake, and keeps what came before it. */
final class JsonReader {
    private final Scanner scanner;
    private final Problems problems;
    private boolean stopped;

    JsonReader(Scanner scanner, Problems problems) {
        this.scanner = scanner;
        this.problems = problems;
    }

    Json file() {
        if (scanner.here() == '\uFEFF') {
            scanner.at++;
        }
        var value = value();
        blanks();
        if (!stopped && !scanner.atEnd()) {
            stop(scanner.unexpected("the end of the file"));
        }
        return value;
    }

    private Json value() {
        blanks();
        int start = scanner.at;
        try {
            scanner.deeper();
            var value = switch (scanner.here()) {
                case '{' -> members();
                case '[' -> items();
                case '"' -> new Json.Text(string(), scanner.from(start));
                default -> new Json.Plain(plain(), scanner.from(start));
            };
            scanner.shallower();
            return value;
        } catch (Mistake mistake) {
            stop(mistake);
            return new Json.Plain(Value.ABSENT, scanner.source.position(start, start));
        }
    }

    private void stop(Mistake mistake) {
        if (!stopped) {
            problems.add(mistake.what(), scanner.source.position(mistake.offset(), mistake.offset()));
        }
        stopped = true;
    }

    private Json members() {
        int start = scanner.at++;
        List<Json.Member> members = new ArrayList<>();
        boolean more = !closes('}');
        while (more) {
            try {
                blanks();
                int nameStart = scanner.at;
                if (scanner.here() != '"') {
                    throw scanner.unexpected("a name in quotes");
                }
                var name = string();
                blanks();
                expect(':');
                var value = value();
                members.add(new Json.Member(name, value, scanner.from(nameStart)));
                more = another('}');
            } catch (Mistake mistake) {
                stop(mistake);
                more = false;
            }
        }
        return new Json.Members(members, scanner.from(start));
    }

    private Json items() {
        int start = scanner.at++;
        List<Json> items = new ArrayList<>();
        boolean more = !closes(']');
        while (more) {
            try {
                items.add(value());
                more = another(']');
            } catch (Mistake mistake) {
                stop(mistake);
                more = false;
            }
        }
        return new Json.Items(items, scanner.from(start));
    }

    private boolean closes(char bracket) {
        blanks();
        boolean closes = scanner.here() == bracket;
        scanner.at += closes ? 1 : 0;
        return closes;
    }

    /** Whether a comma comes, and not the closing bracket. */
    private boolean another(char bracket) {
        if (stopped || closes(bracket)) {
            return false;
        }
        expect(',');
        return true;
    }

    private void expect(char wanted) {
        if (scanner.here() != wanted) {
            throw scanner.unexpected("\"" + wanted + "\"");
        }
        scanner.at++;
    }

    private void blanks() {
        while (true) {
            switch (scanner.here()) {
                case ' ', '\t', '\r', '\n' -> scanner.at++;
                default -> {
                    return;
                }
            }
        }
    }

    private Value plain() {
        for (var word : List.of("true", "false", "null")) {
            if (scanner.atKeyword(word)) {
                scanner.at += word.length();
                return word.equals("null") ? Value.ABSENT : Value.of(word.equals("true"));
            }
        }
        boolean negative = scanner.here() == '-';
        scanner.at += negative ? 1 : 0;
        if (!Characters.isDigit(scanner.here())) {
            throw scanner.unexpected("a value");
        }
        var value = ((Expression.Literal) Numbers.read(scanner)).value();
        return negative && value instanceof Value.Numeric(var number) ? new Value.Numeric(number.negate()) : value;
    }

    private String string() {
        int start = scanner.at++;
        var text = new StringBuilder();
        while (scanner.here() != '"') {
            char c = scanner.here();
            if (c < ' ' || scanner.atEnd()) {
                throw new Mistake("The text is not closed on its line", start);
            }
            if (c == '\\') {
                escape(text);
            } else {
                text.append(c);
                scanner.at++;
            }
        }
        scanner.at++;
        return text.toString();
    }

    private void escape(StringBuilder text) {
        switch (scanner.next()) {
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case '/' -> text.append('/');
            case 'u' -> {
                text.append((char) Escapes.digits(scanner, 4));
                scanner.at += 4;
            }
            default -> {
                Escapes.read(scanner, text);
                return;
            }
        }
        scanner.at += 2;
    }
}
