package dev.stepzero.scan.code.pattern.rule;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where something from outside does harm.
 *
 * @param rule the rule that finds it
 * @param holes the holes of the match that must be clean; all of the match without any
 * @param through found in the code of what gets there, or of an assignment on its way: what a page is made of, say
 * @param what what happens there; empty where the rule's message tells enough
 */
public record Sink(Clause clause, String rule, List<String> holes, Optional<Pattern> through, String what) {}
