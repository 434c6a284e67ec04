package dev.stepzero.scan.vulnerabilities.osv;

import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The places of a record that say how bad a vulnerability is. */
final class Ratings {
    private static final int LONGEST = 500;

    private Ratings() {}

    /** The standard's own: an array of {@code {"type", "score"}}. */
    static void severities(JsonParser parser, List<String> ratings) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("score")) {
                    add(ratings, RecordReader.text(parser));
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    /** What a database says in words or figures of its own. */
    static void specific(JsonParser parser, List<String> ratings, List<Integer> cwe) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            specific(name, parser, ratings, cwe);
        }
    }

    /** One of the fields of a database's own, at whose value the parser stands. */
    static void specific(String name, JsonParser parser, List<String> ratings, List<Integer> cwe) {
        switch (name) {
            case "severity", "urgency", "cvss", "cvss_v3_base", "cvss_v2_base" -> {
                var value = parser.currentToken();
                if (value != null && value.isNumeric()) {
                    add(ratings, parser.getString());
                } else {
                    add(ratings, RecordReader.text(parser));
                }
            }
            case "cwe_ids" -> weaknesses(parser, cwe);
            default -> parser.skipChildren();
        }
    }

    private static void weaknesses(JsonParser parser, List<Integer> cwe) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var text = RecordReader.text(parser);
            if (text.matches("CWE-[1-9][0-9]{0,5}")) {
                cwe.add(Integer.valueOf(text.substring(4)));
            }
        }
    }

    private static void add(List<String> ratings, String rating) {
        if (!rating.isEmpty() && rating.length() <= LONGEST) {
            ratings.add(rating);
        }
    }
}
