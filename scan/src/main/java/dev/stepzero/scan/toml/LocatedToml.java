package dev.stepzero.scan.toml;

import dev.stepzero.core.resource.Located;
import java.util.List;

/**
 * Reads <a href="https://toml.io/en/v1.0.0">TOML 1.0</a> into values of which each knows its line. An inline table may
 * also break its lines and end with a comma, as in TOML 1.1, and a few mistakes that leave no doubt are let through. Floats,
 * dates and times are texts, as they are written.
 */
public final class LocatedToml {
    private final Cursor cursor;
    private final Table root;
    private Table current;

    private LocatedToml(String file, String text) {
        this.cursor = new Cursor(file, text);
        this.root = new Table(1);
        this.current = root;
    }

    /**
     * Reads a whole document.
     *
     * @param file the path for the positions
     * @return an object
     * @throws MalformedToml if it is broken, names a key twice or is nested too deeply
     */
    public static Located read(String file, String text) throws MalformedToml {
        return new LocatedToml(file, text).document();
    }

    private Located document() throws MalformedToml {
        cursor.skipBlank();
        while (!cursor.atEnd()) {
            if (cursor.peek() == '[') {
                header();
            } else {
                entry();
            }
            cursor.endOfLine();
            cursor.skipBlank();
        }
        return root.located(cursor);
    }

    private void header() throws MalformedToml {
        int line = cursor.line();
        cursor.expect('[');
        boolean list = cursor.accept('[');
        cursor.skipSpaces();
        var path = new Keys(cursor).path();
        cursor.expect(']');
        if (list) {
            cursor.expect(']');
        }
        var parent = inner(root, path.subList(0, path.size() - 1));
        current = list ? parent.append(path.getLast(), line, cursor) : parent.open(path.getLast(), line, cursor);
    }

    private void entry() throws MalformedToml {
        int line = cursor.line();
        var path = new Keys(cursor).path();
        cursor.expect('=');
        cursor.skipSpaces();
        var value = new Values(cursor).value(0);
        inner(current, path.subList(0, path.size() - 1)).put(path.getLast(), value, line, cursor);
    }

    private Table inner(Table from, List<String> path) throws MalformedToml {
        var table = from;
        for (var key : path) {
            table = table.inner(key, cursor);
        }
        return table;
    }
}
