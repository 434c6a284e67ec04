package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import java.util.HashSet;
import java.util.Set;

/** What all stacks of one configuration share: the tables, the templates that they may call, and the bounds. */
final class Assembly {
    static final int DEEPEST = 8;
    private static final int MOST_STACKS = 200;

    private final KindTable kinds;
    private final Templates templates;
    private final Intake intake;
    private final Growth growth = new Growth();
    private final Set<String> read = new HashSet<>();
    private int stacks;

    Assembly(KindTable kinds, Templates templates, Intake intake) {
        this.kinds = kinds;
        this.templates = templates;
        this.intake = intake;
    }

    KindTable kinds() {
        return kinds;
    }

    Templates templates() {
        return templates;
    }

    Intake intake() {
        return intake;
    }

    Growth growth() {
        return growth;
    }

    /** Whether one more stack may be read. */
    boolean enter(Template template) {
        read.add(template.file());
        stacks++;
        return stacks <= MOST_STACKS;
    }

    /** The paths of the templates that came to be read. */
    Set<String> read() {
        return read;
    }

    static Value.Mapping mapping(Value value) {
        return value instanceof Value.Mapping map ? map : Value.Mapping.EMPTY;
    }
}
