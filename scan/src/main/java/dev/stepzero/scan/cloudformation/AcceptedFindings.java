package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.tree.Intake;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a resource accepts in its {@code Metadata}, where JSON has no comments: our own {@code stepzero.ignore}, and what
 * Checkov, cfn_nag and cdk_nag read there.
 */
final class AcceptedFindings {
    /** Where a tool looks, and what it calls a rule. */
    private record Habit(String tool, String list, String rule) {}

    private static final List<Habit> HABITS = List.of(
            new Habit("stepzero", "ignore", "rule"),
            new Habit("checkov", "skip", "id"),
            new Habit("cfn_nag", "rules_to_suppress", "id"),
            new Habit("cdk_nag", "rules_to_suppress", "id"));

    private AcceptedFindings() {}

    static void note(String address, Value.Mapping definition, Intake intake) {
        var metadata = Look.mapping(definition, "Metadata");
        for (var habit : HABITS) {
            for (var item : Look.items(Look.mapping(metadata, habit.tool()).get(habit.list()))) {
                rule(item, habit)
                        .ifPresent(rule -> intake.accepted(
                                new Intake.Acceptance(address, rule, until(item.value()), item.position())));
            }
        }
    }

    private static Optional<String> rule(Located item, Habit habit) {
        var said = item.value() instanceof Value.Mapping entry ? entry.get(habit.rule()) : item.value();
        return Look.text(said).filter(rule -> !rule.isBlank());
    }

    /** The day; one that cannot be read has passed, so that it does not hold for ever. */
    private static @Nullable LocalDate until(Value item) {
        var said = Look.text(Look.mapping(item), "until");
        try {
            return said.map(LocalDate::parse).orElse(null);
        } catch (DateTimeException e) {
            return LocalDate.EPOCH;
        }
    }
}
