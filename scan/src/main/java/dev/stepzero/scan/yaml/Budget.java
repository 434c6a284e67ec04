package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Position;
import java.util.List;

/** How deep a document may go, and how much its aliases may repeat. */
final class Budget {
    private static final int DEEPEST = 200;

    /** Ten levels of ten aliases each are ten thousand million values; nobody writes even this many. */
    private static final long MOST_REPEATED = 500_000;

    private long repeated;

    void depth(int depth, Position position) throws MalformedYaml {
        if (depth > DEEPEST) {
            throw new MalformedYaml("it is nested deeper than " + DEEPEST + " levels", position, List.of());
        }
    }

    void repeat(long nodes, Position position) throws MalformedYaml {
        repeated += nodes;
        if (repeated > MOST_REPEATED) {
            throw new MalformedYaml(
                    "its aliases unfold to more than " + MOST_REPEATED + " values", position, List.of());
        }
    }
}
