package dev.stepzero.scan.toml;

import java.util.ArrayList;
import java.util.List;

/** Reads keys, of which several may stand together with dots between them. */
final class Keys {
    private static final int LONGEST_PATH = 100;

    private final Cursor cursor;

    Keys(Cursor cursor) {
        this.cursor = cursor;
    }

    /** The parts of a dotted key, at least one; also passes the spaces behind it. */
    List<String> path() throws MalformedToml {
        var path = new ArrayList<String>();
        do {
            cursor.skipSpaces();
            path.add(key());
            cursor.skipSpaces();
            if (path.size() > LONGEST_PATH) {
                throw cursor.malformed("a key has more than " + LONGEST_PATH + " parts");
            }
        } while (cursor.accept('.'));
        return path;
    }

    private String key() throws MalformedToml {
        return switch (cursor.peek()) {
            case '"', '\'' -> new Strings(cursor).oneLine();
            default -> bare();
        };
    }

    private String bare() throws MalformedToml {
        var key = new StringBuilder();
        while (isBare(cursor.peek())) {
            key.append((char) cursor.next());
        }
        if (key.isEmpty()) {
            throw cursor.malformed("there should be a key");
        }
        return key.toString();
    }

    private static boolean isBare(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
