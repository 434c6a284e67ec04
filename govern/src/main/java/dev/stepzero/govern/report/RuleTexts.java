package dev.stepzero.govern.report;

import java.util.Optional;

/** What is to be said of a rule beyond what its findings carry. */
public interface RuleTexts {
    RuleTexts NONE = rule -> Optional.empty();

    /** Why the rule matters, in a sentence or three. */
    Optional<String> why(String rule);
}
