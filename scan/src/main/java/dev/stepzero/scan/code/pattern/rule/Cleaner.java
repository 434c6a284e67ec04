package dev.stepzero.scan.code.pattern.rule;

import java.util.Optional;
import java.util.Set;

/**
 * Code whose value is harmless whatever went in, or that tests a value, which is harmless after that.
 *
 * @param hole which hole of the match is tested; without one the value of the match is harmless
 * @param holds how the test must come out, so that what it tests is harmless where it came out so; however it comes out
 *     without it, as of a test that throws
 * @param rules the rules that it is harmless for; all without any
 */
public record Cleaner(Clause clause, Optional<String> hole, Optional<Boolean> holds, Set<String> rules) {}
