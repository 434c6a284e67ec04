package dev.stepzero.scan.code.pattern.rule;

import java.util.Set;

/**
 * Code whose value is harmless whatever went in.
 *
 * @param rules the rules that it is harmless for; all without any
 */
public record Cleaner(Clause clause, Set<String> rules) {}
