package dev.stepzero.scan.code.pattern.tree;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node of the neutral tree. It is finished when its tree is; then several threads may read it. */
public final class Node {
    private static final int FARTHEST = 20;

    private final Kind kind;
    private final String type;
    private final String value;
    private final List<Node> children;
    private final Span span;
    private String declared = "";
    private List<String> paths = List.of();
    private @Nullable Node parent;
    private @Nullable Node function;

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
        this(kind, type, value, span, children);
        for (var child : this.children) {
            child.parent = this;
        }
    }

    private Node(Kind kind, String type, String value, Span span, List<Node> children) {
        this.kind = kind;
        this.type = type;
        this.value = value;
        this.children = List.copyOf(children);
        this.span = span;
    }

    /** A part of an object that is taken out of it without being written so; the object stays where it is in its tree. */
    public static Node part(Node object, Node where, String name) {
        var made = new Node(Kind.MEMBER, "part", name, where.span, List.of(object));
        made.parent = where.parent;
        made.function = where.function;
        return made;
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

    /** The function that it stands in, or the root of its tree. */
    public Node function() {
        return function == null ? this : function;
    }

    /** Tells the function that it stands in. */
    public void standIn(Node around) {
        function = around;
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
        var at = this;
        for (int i = 0; i < FARTHEST && at.isCall(); i++) {
            at = at.child(0);
        }
        return at.kind == Kind.NAME || at.kind == Kind.MEMBER ? at.value : "";
    }

    @Override
    public String toString() {
        return "%s %s (line %d)".formatted(kind, value, span.line());
    }
}
