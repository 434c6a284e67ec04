package dev.stepzero.scan.vulnerabilities.osv;

import dev.stepzero.scan.vulnerabilities.osv.Affected.Event;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Range;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads OSV records token by token; what matching does not need is passed over and never held. Safe for use by several
 * threads.
 */
public final class RecordReader {
    private static final int DEEPEST = 100;
    private static final int LONGEST_NAME = 2_000;

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .maxNameLength(LONGEST_NAME)
                    .build())
            .build();

    /** Reads one record. @throws MalformedRecord if it is no JSON, or lacks what a record must have */
    public Advisory read(byte[] json) throws MalformedRecord {
        try (var parser = factory.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecord("it is no JSON object");
            }
            var draft = new Draft();
            record(parser, draft);
            if (parser.nextToken() != null) {
                throw new MalformedRecord("something follows the record");
            }
            return draft.advisory();
        } catch (JacksonException e) {
            throw new MalformedRecord("it cannot be read: " + e.getOriginalMessage());
        }
    }

    private static void record(JsonParser parser, Draft draft) throws MalformedRecord {
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "id" -> draft.id = text(parser);
                case "modified", "published" -> draft.changed(text(parser));
                case "withdrawn" -> draft.withdrawn = !text(parser).isEmpty();
                case "summary" -> draft.summary = text(parser);
                case "details" -> draft.details = opening(parser);
                case "aliases" -> draft.aliases = texts(parser);
                case "upstream" -> draft.upstream = texts(parser);
                case "related" -> draft.related = texts(parser);
                case "severity" -> Ratings.severities(parser, draft.ratings);
                case "database_specific" -> Ratings.specific(parser, draft.words, draft.cwe);
                case "affected" -> affected(parser, draft.affected);
                default -> parser.skipChildren();
            }
        }
    }

    private static void affected(JsonParser parser, List<Affected> affected) throws MalformedRecord {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                var one = affected(parser);
                // Records about commits alone name no package.
                if (!one.ecosystem().isEmpty() && !one.name().isEmpty()) {
                    affected.add(one);
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Affected affected(JsonParser parser) throws MalformedRecord {
        var ecosystem = "";
        var packageName = "";
        var ratings = new ArrayList<String>();
        var words = new ArrayList<String>();
        List<String> versions = List.of();
        var ranges = new ArrayList<Range>();
        var symbols = new Symbols();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "package" -> {
                    var pair = packageOf(parser);
                    ecosystem = pair[0];
                    packageName = pair[1];
                }
                case "versions" -> versions = texts(parser);
                case "ranges" -> ranges(parser, ranges);
                case "severity" -> Ratings.severities(parser, ratings);
                case "ecosystem_specific", "database_specific" -> specific(parser, words, symbols);
                default -> parser.skipChildren();
            }
        }
        ratings.addAll(words);
        return new Affected(ecosystem, packageName, ratings, symbols.of(ecosystem), versions, ranges);
    }

    private static void specific(JsonParser parser, List<String> words, Symbols symbols) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (!symbols.read(name, parser)) {
                Ratings.specific(name, parser, words, new ArrayList<>());
            }
        }
    }

    private static String[] packageOf(JsonParser parser) {
        var pair = new String[] {"", ""};
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return pair;
        }
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "ecosystem" -> pair[0] = text(parser);
                case "name" -> pair[1] = text(parser);
                default -> parser.skipChildren();
            }
        }
        return pair;
    }

    private static void ranges(JsonParser parser, List<Range> ranges) throws MalformedRecord {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecord("a range is no object");
            }
            var type = "";
            var events = new ArrayList<Event>();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "type" -> type = text(parser);
                    case "events" -> events(parser, events);
                    default -> parser.skipChildren();
                }
            }
            if (type.equals("SEMVER") || type.equals("ECOSYSTEM")) {
                ranges.add(new Range(type.equals("SEMVER"), events));
            }
        }
    }

    private static void events(JsonParser parser, List<Event> events) throws MalformedRecord {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecord("an event is no object");
            }
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                var version = text(parser);
                switch (name) {
                    case "introduced" -> events.add(new Event(Event.Kind.INTRODUCED, version));
                    case "fixed" -> events.add(new Event(Event.Kind.FIXED, version));
                    case "last_affected" -> events.add(new Event(Event.Kind.LAST_AFFECTED, version));
                    case "limit" -> events.add(new Event(Event.Kind.LIMIT, version));
                    default -> parser.skipChildren();
                }
            }
        }
    }

    /** The text of a value; empty where it is none. */
    static String text(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return "";
    }

    private static String opening(JsonParser parser) {
        var text = text(parser);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    static List<String> texts(JsonParser parser) {
        var texts = new ArrayList<String>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return texts;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var text = text(parser);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }
}
