package dev.stepzero.scan.shell;

import java.util.ArrayList;
import java.util.List;

/** The texts that begin in the line after the one that announces them. */
final class HereDocuments {
    private final Cursor cursor;
    private final List<Announced> announced = new ArrayList<>();

    private record Announced(Draft owner, String delimiter, boolean stripTabs) {}

    /** Takes a text. */
    interface Reader {
        void read(Draft owner, String body, int from);
    }

    HereDocuments(Cursor cursor) {
        this.cursor = cursor;
    }

    void announce(Draft owner, String delimiter, boolean stripTabs) {
        announced.add(new Announced(owner, delimiter, stripTabs));
    }

    /** Reads what was announced; to be called at the beginning of a line. */
    void read(Reader reader) {
        if (announced.isEmpty()) {
            return;
        }
        var now = List.copyOf(announced);
        announced.clear();
        for (var each : now) {
            int from = cursor.at;
            int end = end(each);
            reader.read(each.owner(), cursor.text.substring(from, end), from);
        }
    }

    /** Goes behind the delimiter and says where the text before it ends. */
    private int end(Announced document) {
        var text = cursor.text;
        while (!cursor.ended()) {
            int start = cursor.at;
            int stop = text.indexOf('\n', start);
            stop = stop < 0 ? text.length() : stop;
            int first = start;
            while (document.stripTabs() && first < stop && text.charAt(first) == '\t') {
                first++;
            }
            cursor.at = Math.min(stop + 1, text.length());
            int last = stop > first && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            if (last - first == document.delimiter().length() && text.startsWith(document.delimiter(), first)) {
                return start;
            }
        }
        return text.length();
    }
}
