package dev.stepzero.scan.sarif;

import dev.stepzero.core.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * How bad a result is. A score as of CVSS ({@code security-severity}, which GitHub reads) says most; then a word for the
 * severity; then the level, which a result, a run or a rule sets; then the rank. A result that says nothing of it is a
 * warning (section 3.27.10).
 */
final class Grade {
    private Grade() {}

    static Severity of(JsonNode result, JsonNode rule, JsonNode override) {
        var own = result.path("properties");
        var general = rule.path("properties");
        return score(own.path("security-severity"), general.path("security-severity"))
                .or(() -> Stream.of(own, general)
                        .flatMap(each -> Stream.of(each.path("severity"), each.path("issue_severity")))
                        .flatMap(each -> word(each).stream())
                        .findFirst())
                .or(() -> tag(own).or(() -> tag(general)))
                .or(() -> level(result.path("level")))
                .or(() -> level(override.path("level")))
                .or(() -> level(rule.path("defaultConfiguration").path("level")))
                .or(() -> rank(result.path("rank")))
                .or(() -> rank(override.path("rank")))
                .or(() -> rank(rule.path("defaultConfiguration").path("rank")))
                .orElse(Severity.MEDIUM);
    }

    /** The bands of CVSS, and GitHub's. */
    private static Optional<Severity> score(JsonNode own, JsonNode general) {
        var number = number(own);
        number = number.isPresent() ? number : number(general);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        var score = number.getAsDouble();
        return Optional.of(
                score >= 9
                        ? Severity.CRITICAL
                        : score >= 7 ? Severity.HIGH : score >= 4 ? Severity.MEDIUM : Severity.LOW);
    }

    private static OptionalDouble number(JsonNode node) {
        try {
            double number = node.isNumber()
                    ? node.doubleValue()
                    : Double.parseDouble(node.asString("").strip());
            return number >= 0 && number <= 10 ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static Optional<Severity> tag(JsonNode properties) {
        return properties
                .path("tags")
                .valueStream()
                .flatMap(each -> word(each).stream())
                .findFirst();
    }

    private static Optional<Severity> word(JsonNode node) {
        return switch (node.asString("").strip().toLowerCase(Locale.ROOT)) {
            case "critical" -> Optional.of(Severity.CRITICAL);
            case "high" -> Optional.of(Severity.HIGH);
            case "medium", "moderate" -> Optional.of(Severity.MEDIUM);
            case "low" -> Optional.of(Severity.LOW);
            default -> Optional.empty();
        };
    }

    private static Optional<Severity> level(JsonNode node) {
        return switch (node.asString("")) {
            case "error" -> Optional.of(Severity.HIGH);
            case "warning" -> Optional.of(Severity.MEDIUM);
            case "note", "none" -> Optional.of(Severity.LOW);
            default -> Optional.empty();
        };
    }

    /** From 0 to 100; a negative one says that there is none (section 3.27.25). */
    private static Optional<Severity> rank(JsonNode node) {
        var rank = node.asDouble(-1);
        return rank < 0
                ? Optional.empty()
                : Optional.of(
                        rank >= 90
                                ? Severity.CRITICAL
                                : rank >= 70 ? Severity.HIGH : rank >= 40 ? Severity.MEDIUM : Severity.LOW);
    }
}
