package dev.stepzero.scan.code.pattern.rule;

import java.util.List;

/**
 * What is to be known of a library.
 *
 * @param language {@code python}, {@code javascript} or {@code go}
 * @param ends what never comes back when it is called
 * @param imports as of a rule
 */
public record Framework(
        String name,
        String language,
        List<String> imports,
        List<Source> sources,
        List<Sink> sinks,
        List<Cleaner> cleaners,
        List<Clause> ends) {}
