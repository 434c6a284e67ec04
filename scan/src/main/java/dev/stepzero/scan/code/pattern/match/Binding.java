package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a name in a scope. */
public final class Binding {
    /** What made the name. */
    public enum Origin {
        IMPORT,
        PARAMETER,
        VARIABLE,
        DEFINITION
    }

    private final Origin origin;
    private final List<String> imports = new ArrayList<>();
    private int writes;
    private @Nullable Node value;
    private String type = "";

    Binding(Origin origin) {
        this.origin = origin;
    }

    public Origin origin() {
        return origin;
    }

    /** The canonical names of what is imported so; several where a program tries one after the other. */
    List<String> imports() {
        return imports;
    }

    void imported(String path) {
        if (!imports.contains(path)) {
            imports.add(path);
        }
    }

    /**
     * Takes down that it is written.
     *
     * @param what the value; null for one that cannot be told
     */
    void written(@Nullable Node what, String declared) {
        writes++;
        value = what;
        if (!declared.isEmpty()) {
            type = declared;
        }
    }

    /** What a variable holds that is assigned once; also the function or class of this name. */
    public Optional<Node> only() {
        return writes == 1 && origin != Origin.PARAMETER ? Optional.ofNullable(value) : Optional.empty();
    }

    /** The declared type; empty where none is written. */
    public String type() {
        return type;
    }
}
