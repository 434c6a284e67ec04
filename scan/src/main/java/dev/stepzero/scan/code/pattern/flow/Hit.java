package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.List;

/**
 * Something that a rule finds.
 *
 * @param what what happens there; empty where the rule's message tells enough
 * @param way from where it came, in order; empty for code that is wrong by itself
 */
public record Hit(String rule, Node node, String what, List<Step> way) {
    /** A step of a way: what happens, and where. */
    public record Step(String what, Node node) {}
}
