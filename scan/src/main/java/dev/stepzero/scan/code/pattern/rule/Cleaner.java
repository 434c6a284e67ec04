package dev.stepzero.scan.code.pattern.rule;

import java.util.Optional;
import java.util.Set;

/**
 * Code whose value is harmless whatever went in, or that tests a value, which is harmless from then on.
 *
 * @param hole which hole of the match is tested; without one the value of the match is harmless
 * @param rules the rules that it is harmless for; all without any
 */
public record Cleaner(Clause clause, Optional<String> hole, Set<String> rules) {}
