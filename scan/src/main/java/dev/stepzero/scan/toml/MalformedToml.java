package dev.stepzero.scan.toml;

import dev.stepzero.core.resource.Position;

/** A text that is no TOML. The message says what is wrong. */
public final class MalformedToml extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Position position;

    MalformedToml(String problem, Position position) {
        super("it is no valid TOML: " + problem);
        this.position = position;
    }

    /** Where the mistake is. */
    public Position position() {
        return position;
    }
}
