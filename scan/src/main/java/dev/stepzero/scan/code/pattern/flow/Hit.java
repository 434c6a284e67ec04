package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.core.Severity;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.List;
import java.util.Optional;

/**
 * Something that a rule finds.
 *
 * @param what what happens there; empty where the rule's message tells enough
 * @param way from where it came, in order; empty for code that is wrong by itself
 * @param severity another than the rule's
 */
public record Hit(String rule, Node node, String what, List<Step> way, Optional<Severity> severity) {
    /** A step of a way: what happens, and where. */
    public record Step(String what, Node node) {}
}
