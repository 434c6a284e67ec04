package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.StepOutput;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hides secrets in lines on their way, also where they are encoded in one of the usual ways. */
public final class Masking implements StepOutput {
    private static final String MASK = "***";

    private final StepOutput next;
    private final List<String> forms;
    private final Pattern pattern;

    /**
     * @param next takes the masked lines
     * @param secrets what to hide; one of several lines is hidden line by line
     * @throws UserError if a secret is too short to be told from ordinary text
     */
    public Masking(StepOutput next, Collection<String> secrets) {
        this.next = next;
        this.forms = secrets.stream()
                .flatMap(secret -> SecretForms.of(secret).stream())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.pattern = Pattern.compile(
                forms.isEmpty() ? "(?!)" : forms.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    @Override
    public void line(String text) {
        next.line(mask(text));
    }

    /** The text with every secret replaced by three asterisks. */
    public String mask(String text) {
        if (text.endsWith(Lines.CUT)) {
            var kept = pattern.matcher(text.substring(0, text.length() - Lines.CUT.length()))
                    .replaceAll(MASK);
            return withoutBeginning(kept) + Lines.CUT;
        }
        return pattern.matcher(text).replaceAll(MASK);
    }

    /** Hides what a cut left of a secret. */
    private String withoutBeginning(String text) {
        for (var form : forms) {
            for (int length = form.length() - 1; length >= SecretForms.SHORTEST; length--) {
                if (text.regionMatches(text.length() - length, form, 0, length)) {
                    return text.substring(0, text.length() - length) + MASK;
                }
            }
        }
        return text;
    }
}
