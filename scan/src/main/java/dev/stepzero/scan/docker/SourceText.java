package dev.stepzero.scan.docker;

import java.util.Arrays;

/** A text put together from a file's lines, which still knows the line of each character. */
final class SourceText {
    private final String text;
    private final int[] starts;
    private final int[] lines;

    private SourceText(String text, int[] starts, int[] lines) {
        this.text = text;
        this.starts = starts;
        this.lines = lines;
    }

    String text() {
        return text;
    }

    /** The line, counted from 1, of the character at an offset. */
    int lineAt(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return lines[found >= 0 ? found : Math.max(0, -found - 2)];
    }

    /** The same without what stands before an offset. */
    SourceText from(int offset) {
        int line = lineAt(offset);
        int first = 0;
        while (first < starts.length && starts[first] <= offset) {
            first++;
        }
        int kept = starts.length - first;
        var movedStarts = new int[kept + 1];
        var movedLines = new int[kept + 1];
        movedLines[0] = line;
        for (int i = 0; i < kept; i++) {
            movedStarts[i + 1] = starts[first + i] - offset;
            movedLines[i + 1] = lines[first + i];
        }
        return new SourceText(text.substring(offset), movedStarts, movedLines);
    }

    /** Puts a text together. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] starts = new int[8];
        private int[] lines = new int[8];
        private int parts;

        /** Appends something that stands in a line. */
        Builder add(int line, CharSequence part) {
            if (parts == 0 || lines[parts - 1] != line) {
                if (parts == starts.length) {
                    starts = Arrays.copyOf(starts, parts * 2);
                    lines = Arrays.copyOf(lines, parts * 2);
                }
                starts[parts] = text.length();
                lines[parts++] = line;
            }
            text.append(part);
            return this;
        }

        SourceText build() {
            if (parts == 0) {
                return new SourceText("", new int[1], new int[] {1});
            }
            return new SourceText(text.toString(), Arrays.copyOf(starts, parts), Arrays.copyOf(lines, parts));
        }
    }
}
