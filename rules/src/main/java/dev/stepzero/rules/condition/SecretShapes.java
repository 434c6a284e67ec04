package dev.stepzero.rules.condition;

import com.google.re2j.Pattern;
import dev.stepzero.core.resource.Value;
import java.util.List;

/** Texts that have the shape of a key. */
final class SecretShapes {
    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile("\\b(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\\b"),
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36,}\\b"),
            Pattern.compile("\\bgithub_pat_[A-Za-z0-9_]{22,}\\b"),
            Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20,}\\b"),
            Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10,}\\b"),
            Pattern.compile("\\bsk_live_[A-Za-z0-9]{16,}\\b"),
            Pattern.compile("\\bAIza[A-Za-z0-9_-]{35}\\b"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\."),
            Pattern.compile("(?i)aws_?secret_?(?:access_?)?key\\W{1,20}[A-Za-z0-9/+=]{40}\\b"),
            Pattern.compile(
                    "(?i)(?:\\b|_)(?:password|passwd|pwd|secret|token|api_?key)\\s*[=:]\\s*\\\\?[\"']?[^\\s\"'${}<>\\\\]{6,}"));

    private SecretShapes() {}

    static boolean match(Value value) {
        return switch (value) {
            case Value.Text text ->
                SHAPES.stream().anyMatch(shape -> shape.matcher(text.value()).find());
            case Value.Sequence list -> list.items().stream().anyMatch(item -> match(item.value()));
            case Value.Mapping map -> map.entries().values().stream().anyMatch(item -> match(item.value()));
            default -> false;
        };
    }
}
