package dev.stepzero.scan.code.pattern.rule;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.rules.RuleHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule about code in a language that is judged by its syntax.
 *
 * @param language {@code python}, {@code javascript} or {@code go}
 * @param supersedes the rules whose findings on the same line say less than its own, and are left out
 * @param imports the packages that names in its patterns begin with, where the language's patterns do not tell
 * @param patterns code that is wrong wherever it stands
 * @param from the named kinds of what must not get to a sink, such as {@code input}
 * @param sources further places that it comes from, for this rule alone
 * @param sinks where it does harm
 * @param cleaners what makes it harmless, for this rule alone
 * @param safeStart a text that begins so does no harm, whatever follows
 * @param bad examples that it finds
 * @param good examples that it does not find
 */
public record PatternRule(
        String id,
        String language,
        String title,
        Severity severity,
        Set<Stride> stride,
        List<Integer> cwe,
        String why,
        String fix,
        String message,
        List<String> controls,
        List<String> aliases,
        Set<String> supersedes,
        List<String> imports,
        List<Clause> patterns,
        Set<String> from,
        List<Source> sources,
        List<Sink> sinks,
        List<Cleaner> cleaners,
        Optional<Pattern> safeStart,
        List<String> bad,
        List<String> good)
        implements RuleHead {
    /** Whether it follows what comes from outside. */
    public boolean isFlow() {
        return !sinks.isEmpty();
    }
}
