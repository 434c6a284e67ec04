package dev.stepzero.scan.docker;

import java.util.Arrays;

/** A file's lines, counted from 0, cut out only when they are asked for. */
final class Lines {
    private final String text;
    private int[] starts = new int[64];
    private int count;

    Lines(String text) {
        this.text = text;
        int start = 0;
        while (start < text.length()) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = start;
            int end = text.indexOf('\n', start);
            start = end < 0 ? text.length() : end + 1;
        }
    }

    int count() {
        return count;
    }

    /** A line without its end. */
    String get(int line) {
        int end = line + 1 < count ? starts[line + 1] : text.length();
        while (end > starts[line] && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(starts[line], end);
    }

    /** Lines as they stand, from one to before another. */
    String between(int from, int to) {
        int start = from < count ? starts[from] : text.length();
        return text.substring(start, to < count ? starts[to] : text.length());
    }
}
