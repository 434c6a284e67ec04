package dev.stepzero.scan.vulnerabilities.osv;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The vulnerable methods or classes that a record names, in the forms that databases have: GitHub's
 * {@code affected_functions}, Go's {@code imports} and RustSec's {@code affects}. OSV's schema leaves them to each
 * database.
 */
final class Symbols {
    /** Only these are followed later; the others would be kept for nothing. */
    private static final String FOLLOWED = "Maven";

    private static final int MOST = 100;
    private static final int LONGEST = 500;

    private final List<String> symbols = new ArrayList<>();

    /** What is kept for a package; nothing where it is more than anybody writes by hand. */
    List<String> of(String ecosystem) {
        boolean kept = ecosystem.equals(FOLLOWED)
                && symbols.size() <= MOST
                && symbols.stream().allMatch(each -> each.length() <= LONGEST);
        return kept ? symbols.stream().distinct().toList() : List.of();
    }

    /** Takes a field at whose value the parser stands; false, and nothing is read, where it is about something else. */
    boolean read(String name, JsonParser parser) {
        switch (name) {
            case "affected_functions", "vulnerable_functions" -> symbols.addAll(RecordReader.texts(parser));
            case "imports" -> imports(parser);
            case "affects" -> affects(parser);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** {@code [{"path": "org.example.Parser", "symbols": ["parse"]}]}; without symbols all of it is meant. */
    private void imports(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            var path = "";
            List<String> members = List.of();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "path" -> path = RecordReader.text(parser);
                    case "symbols" -> members = RecordReader.texts(parser);
                    default -> parser.skipChildren();
                }
            }
            if (members.isEmpty()) {
                symbols.add(path);
            }
            for (var member : members) {
                symbols.add(path + "." + member);
            }
        }
    }

    /** {@code {"functions": {"name": [versions]}}}, or the names in an array. */
    private void affects(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (!name.equals("functions")) {
                parser.skipChildren();
            } else if (parser.currentToken() == JsonToken.START_OBJECT) {
                for (var function = parser.nextName(); function != null; function = parser.nextName()) {
                    parser.nextToken();
                    parser.skipChildren();
                    symbols.add(function);
                }
            } else {
                symbols.addAll(RecordReader.texts(parser));
            }
        }
    }
}
