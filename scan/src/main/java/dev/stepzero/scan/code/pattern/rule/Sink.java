package dev.stepzero.scan.code.pattern.rule;

import java.util.List;

/**
 * Where something from outside does harm.
 *
 * @param rule the rule that finds it
 * @param holes the holes of the match that must be clean; all of the match without any
 * @param what what happens there; empty where the rule's message tells enough
 */
public record Sink(Clause clause, String rule, List<String> holes, String what) {}
