package dev.stepzero.rules.condition;

import com.google.re2j.Pattern;
import dev.stepzero.core.resource.Value;
import java.util.List;
import java.util.Locale;

/** Texts that have the shape of a key. */
final class SecretShapes {
    /**
     * A shape, and what every text of that shape holds in lower case: to look for that first costs a hundredth of matching.
     */
    private record Shape(List<String> marks, Pattern pattern) {
        static Shape of(String pattern, String... marks) {
            return new Shape(List.of(marks), Pattern.compile(pattern));
        }

        boolean in(String text, String lower) {
            for (var mark : marks) {
                if (lower.contains(mark)) {
                    return pattern.matcher(text).find();
                }
            }
            return false;
        }
    }

    private static final List<Shape> SHAPES = List.of(
            Shape.of("\\b(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\\b", "akia", "asia", "agpa", "aida", "aroa"),
            Shape.of("-----BEGIN [A-Z ]*PRIVATE KEY-----", "private key-----"),
            Shape.of("\\bgh[pousr]_[A-Za-z0-9]{36,}\\b", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
            Shape.of("\\bgithub_pat_[A-Za-z0-9_]{22,}\\b", "github_pat_"),
            Shape.of("\\bglpat-[A-Za-z0-9_-]{20,}\\b", "glpat-"),
            Shape.of("\\bxox[abprs]-[A-Za-z0-9-]{10,}\\b", "xox"),
            Shape.of("\\bsk_live_[A-Za-z0-9]{16,}\\b", "sk_live_"),
            Shape.of("\\bAIza[A-Za-z0-9_-]{35}\\b", "aiza"),
            Shape.of("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.", "eyj"),
            Shape.of("(?i)aws_?secret_?(?:access_?)?key\\W{1,20}[A-Za-z0-9/+=]{40}\\b", "secret"),
            Shape.of(
                    "(?i)(?:\\b|_)(?:password|passwd|pwd|secret|token|api_?key)\\s*[=:]\\s*\\\\?[\"']?[^\\s\"'${}<>\\\\]{6,}",
                    "passw",
                    "pwd",
                    "secret",
                    "token",
                    "key"));

    private SecretShapes() {}

    static boolean match(Value value) {
        return switch (value) {
            case Value.Text text -> match(text.value());
            case Value.Sequence list -> list.items().stream().anyMatch(item -> match(item.value()));
            case Value.Mapping map -> map.entries().values().stream().anyMatch(item -> match(item.value()));
            default -> false;
        };
    }

    private static boolean match(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        for (var shape : SHAPES) {
            if (shape.in(text, lower)) {
                return true;
            }
        }
        return false;
    }
}
