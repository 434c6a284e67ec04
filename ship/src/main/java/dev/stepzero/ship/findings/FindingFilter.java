package dev.stepzero.ship.findings;

import dev.stepzero.core.Severity;
import java.util.Optional;

/**
 * Which findings a list shows. Empty parts leave out nothing.
 *
 * @param rule the rule's id
 * @param state how it was judged
 * @param file the file's path, or the beginning of one before a {@code *}
 * @param text words that all occur in its rule, title, message, resource or file; the last may be the beginning of one
 * @param resolved whether those are shown that are gone, instead of those that are there
 */
public record FindingFilter(
        Optional<String> project,
        Optional<String> environment,
        Optional<Severity> severity,
        Optional<String> rule,
        Optional<FindingState> state,
        Optional<String> file,
        Optional<String> text,
        boolean resolved) {

    /** Everything that is there. */
    public static final FindingFilter ALL = new FindingFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    public FindingFilter ofProject(String name) {
        return new FindingFilter(Optional.of(name), environment, severity, rule, state, file, text, resolved);
    }

    public FindingFilter ofEnvironment(String name) {
        return new FindingFilter(project, Optional.of(name), severity, rule, state, file, text, resolved);
    }

    public FindingFilter ofSeverity(Severity wanted) {
        return new FindingFilter(project, environment, Optional.of(wanted), rule, state, file, text, resolved);
    }

    public FindingFilter ofRule(String id) {
        return new FindingFilter(project, environment, severity, Optional.of(id), state, file, text, resolved);
    }

    public FindingFilter in(FindingState wanted) {
        return new FindingFilter(project, environment, severity, rule, Optional.of(wanted), file, text, resolved);
    }

    public FindingFilter ofFile(String path) {
        return new FindingFilter(project, environment, severity, rule, state, Optional.of(path), text, resolved);
    }

    public FindingFilter with(String words) {
        return new FindingFilter(project, environment, severity, rule, state, file, Optional.of(words), resolved);
    }

    /** Those that are gone. */
    public FindingFilter gone() {
        return new FindingFilter(project, environment, severity, rule, state, file, text, true);
    }
}
