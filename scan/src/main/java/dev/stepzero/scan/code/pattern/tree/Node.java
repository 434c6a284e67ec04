package dev.stepzero.scan.code.pattern.tree;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node of the neutral tree. It is finished when its tree is; then several threads may read it. */
public final class Node {
    private final Kind kind;
    private final String type;
    private final String value;
    private final List<Node> children;
    private final Span span;
    private String declared = "";
    private List<String> paths = List.of();
    private @Nullable Node parent;

    /**
     * Where a node stands: characters of the file from 0, its end excluded, and lines from 1.
     *
     * @param column characters before it on its line
     */
    public record Span(int start, int end, int line, int column, int endLine) {}

    /**
     * @param type what the grammar calls it
     * @param value what {@link Kind} tells; empty where it has none
     */
    public Node(Kind kind, String type, String value, List<Node> children, Span span) {
        this.kind = kind;
        this.type = type;
        this.value = value;
        this.children = List.copyOf(children);
        this.span = span;
        for (var child : this.children) {
            child.parent = this;
        }
    }

    public Kind kind() {
        return kind;
    }

    public boolean is(Kind which) {
        return kind == which;
    }

    /** What the grammar calls it, such as {@code with_statement}. */
    public String type() {
        return type;
    }

    /** Its name, text or operator; see {@link Kind}. */
    public String value() {
        return value;
    }

    public List<Node> children() {
        return children;
    }

    public Node child(int index) {
        return children.get(index);
    }

    /** The children from an index on. */
    public List<Node> from(int index) {
        return children.subList(Math.min(index, children.size()), children.size());
    }

    public Span span() {
        return span;
    }

    /** The declared type of a parameter or variable, or the local name of an import; empty where there is none. */
    public String declared() {
        return declared;
    }

    /** Tells the declared type, or the local name. */
    public Node declare(String what) {
        declared = what;
        return this;
    }

    /** The canonical names that it may stand for, such as {@code subprocess.run}; none where it is something else. */
    public List<String> paths() {
        return paths;
    }

    /** Tells the canonical names. */
    public void resolve(List<String> names) {
        paths = names;
    }

    public Optional<Node> parent() {
        return Optional.ofNullable(parent);
    }

    /** Whether a call is meant, with {@code new} or without. */
    public boolean isCall() {
        return kind == Kind.CALL || kind == Kind.NEW;
    }

    /** The last word of the name of what is called, or of a name itself; empty where it has none. */
    public String lastName() {
        return switch (kind) {
            case NAME, MEMBER -> value;
            case CALL, NEW -> child(0).lastName();
            default -> "";
        };
    }

    @Override
    public String toString() {
        return kind + (value.isEmpty() ? "" : "(" + value + ")") + (children.isEmpty() ? "" : children.toString());
    }
}
