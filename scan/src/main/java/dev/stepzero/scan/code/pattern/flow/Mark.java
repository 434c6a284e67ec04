package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.core.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What rules say of a piece of code. */
public sealed interface Mark {
    /** It is wrong by itself. */
    record Misuse(String rule, String what, Optional<Severity> severity) implements Mark {}

    /** Something comes from outside; see {@link dev.stepzero.scan.code.pattern.rule.Source}. */
    record From(Optional<String> hole, String kind, String what) implements Mark {}

    /** Something from outside does harm; see {@link dev.stepzero.scan.code.pattern.rule.Sink}. */
    record To(String rule, List<String> holes, Optional<Pattern> through, String what, Optional<Severity> severity)
            implements Mark {}

    /** Its value, or what it tests, is harmless; see {@link dev.stepzero.scan.code.pattern.rule.Cleaner}. */
    record Clean(Optional<String> hole, Optional<Boolean> holds, Set<String> rules) implements Mark {}

    /** It never comes back, so that what follows is not reached. */
    record End() implements Mark {}
}
