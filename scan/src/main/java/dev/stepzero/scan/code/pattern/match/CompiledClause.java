package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.rule.Clause;
import java.util.List;
import java.util.Map;

/** What a {@link Clause} asks for beside what it matches, compiled. */
public record CompiledClause(
        List<Pattern> unless,
        List<Pattern> inside,
        List<Pattern> outside,
        List<Pattern> contains,
        List<Pattern> lacks,
        List<Pattern> without,
        List<String> imports,
        Map<String, Clause.Condition> where) {}
