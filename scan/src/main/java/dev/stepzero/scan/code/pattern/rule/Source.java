package dev.stepzero.scan.code.pattern.rule;

import java.util.Optional;

/**
 * Where something comes from outside.
 *
 * @param hole which hole of the match it is, such as a parameter; all of the match without one
 * @param kind what rules ask for in {@code from}
 * @param what what it is called in a finding, such as {@code a header of a request}
 */
public record Source(Clause clause, Optional<String> hole, String kind, String what) {}
