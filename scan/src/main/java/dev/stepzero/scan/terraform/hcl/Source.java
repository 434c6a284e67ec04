package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import java.util.Arrays;

/** A text with its lines. Its characters end in a NUL that is not part of it, so that a look ahead needs no check. */
final class Source {
    private static final int NAMES = 256;

    final char[] text;
    final int length;
    private final String file;
    private final boolean within;
    private final int[] lines;
    private final int lineCount;
    private final String[] names = new String[NAMES];
    private int lineBefore;
    private Position last;

    private Source(String file, String text, Position last, boolean within) {
        this.file = file;
        this.within = within;
        this.last = last;
        length = text.length();
        this.text = new char[length + 1];
        text.getChars(0, length, this.text, 0);
        int[] starts = new int[Math.max(16, length / 32)];
        int count = 1;
        for (int i = 0; i < length && !within; i++) {
            if (this.text[i] == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        lines = starts;
        lineCount = count;
    }

    static Source of(String file, String text) {
        return new Source(file, text, Position.NONE, false);
    }

    /** A text that is the value of something else: all in it stands where that stands. */
    static Source within(Position position, String text) {
        return new Source(position.file(), text, position, true);
    }

    /** The stretch from an offset to before another. Stretches that are the same share an object, as many nodes do. */
    Position position(int start, int end) {
        if (within) {
            return last;
        }
        int line = line(start);
        int column = start - lines[line] + 1;
        int endLine = line(Math.max(start, end - 1));
        var shared = last;
        if (shared.line() != line + 1 || shared.column() != column || shared.endLine() != endLine + 1) {
            shared = new Position(file, line + 1, column, endLine + 1);
            last = shared;
        }
        return shared;
    }

    /** How many columns stand before this offset in its line. */
    int columnsBefore(int offset) {
        return within ? offset : offset - lines[line(offset)];
    }

    /** Whether only blanks stand before this offset in its line. */
    boolean beginsLine(int offset) {
        for (int i = offset - 1; i >= 0 && text[i] != '\n'; i--) {
            if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    String text(int start, int end) {
        return new String(text, start, end - start);
    }

    /** The same as {@link #text}, but one object for all that are equal, as names often are. */
    String name(int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + text[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (NAMES - 1);
        var known = names[slot];
        if (known != null && equal(known, start, end)) {
            return known;
        }
        var name = text(start, end);
        names[slot] = name;
        return name;
    }

    private boolean equal(String known, int start, int end) {
        if (known.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (known.charAt(i - start) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private int line(int offset) {
        int line = lineBefore;
        if (offset < lines[line] || (line + 1 < lineCount && offset >= lines[line + 1])) {
            int found = Arrays.binarySearch(lines, 0, lineCount, offset);
            line = found >= 0 ? found : -found - 2;
            lineBefore = line;
        }
        return line;
    }
}
