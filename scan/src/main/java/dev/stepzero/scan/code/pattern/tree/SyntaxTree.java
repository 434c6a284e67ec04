package dev.stepzero.scan.code.pattern.tree;

import java.util.Arrays;
import java.util.List;

/**
 * What a grammar made of a text, in arrays: nodes have numbers in the order in which they begin, the root has 0. What
 * stands between two tokens is a node of its own only where the grammar says so.
 */
public final class SyntaxTree {
    /** The kind of nodes that no rule of the grammar made. */
    public static final String ERROR = "ERROR";

    private final String text;
    private final List<String> kinds;
    private final List<String> fields;
    private final int[] lines;
    private short[] kind = new short[256];
    private short[] field = new short[256];
    private int[] start = new int[256];
    private int[] end = new int[256];
    private int[] next = new int[256];
    private int size;
    private boolean errors;

    /**
     * @param kinds the names of kinds, by their numbers; names of tokens begin with a quote
     * @param fields the names of fields, by their numbers
     */
    SyntaxTree(String text, List<String> kinds, List<String> fields) {
        this.text = text;
        this.kinds = kinds;
        this.fields = fields;
        this.lines = lines(text);
    }

    /**
     * Adds a node; -1 is the kind of errors.
     *
     * @return its number
     */
    int add(int kindNumber, int fieldNumber, int startOffset, int endOffset) {
        if (size == kind.length) {
            grow();
        }
        kind[size] = (short) (kindNumber < 0 ? kinds.size() - 1 : kindNumber);
        field[size] = (short) fieldNumber;
        start[size] = startOffset;
        end[size] = endOffset;
        return size++;
    }

    private void grow() {
        int length = size * 2;
        kind = Arrays.copyOf(kind, length);
        field = Arrays.copyOf(field, length);
        start = Arrays.copyOf(start, length);
        end = Arrays.copyOf(end, length);
        next = Arrays.copyOf(next, length);
    }

    /** Says that a node's last descendant was the one added last. */
    void close(int node) {
        next[node] = size;
    }

    public int size() {
        return size;
    }

    public String text() {
        return text;
    }

    /** The kind of a node; a token's is the token itself after a quote, such as {@code "(}. */
    public String kind(int node) {
        return kinds.get(kind[node]);
    }

    /** The name of the field that a node is in its parent; empty where it is in none. */
    public String field(int node) {
        return fields.get(field[node]);
    }

    public boolean isToken(int node) {
        return kinds.get(kind[node]).charAt(0) == '"';
    }

    public String text(int node) {
        return text.substring(start[node], end[node]);
    }

    public int start(int node) {
        return start[node];
    }

    public int end(int node) {
        return end[node];
    }

    /** The first child, or the number after the last descendant if there is none; see {@link #end(int)}. */
    public int first(int node) {
        return node + 1;
    }

    /** The number after a node's last descendant: the next sibling, if that is still in the parent. */
    public int next(int node) {
        return next[node];
    }

    public Node.Span span(int node) {
        int from = line(start[node]);
        return new Node.Span(
                start[node],
                end[node],
                from + 1,
                start[node] - lines[from],
                line(Math.max(start[node], end[node] - 1)) + 1);
    }

    private int line(int offset) {
        int found = Arrays.binarySearch(lines, offset);
        return found >= 0 ? found : -found - 2;
    }

    private static int[] lines(String text) {
        var starts = new int[64];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    void hasErrors(boolean has) {
        errors = has;
    }

    /** Whether something could not be read, or was not there. */
    public boolean hasErrors() {
        return errors;
    }
}
