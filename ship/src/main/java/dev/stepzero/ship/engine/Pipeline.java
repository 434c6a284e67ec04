package dev.stepzero.ship.engine;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Steps in an order in which they can run. What a step needs must be given by exactly one other step, and nothing may
 * wait for itself; a pipeline that cannot run is refused before anything of it does.
 */
public final class Pipeline {
    private final List<Step> steps;

    /** Orders the steps; those that wait for nothing stay in the order given. */
    public Pipeline(List<Step> steps) {
        refuseTwins(steps);
        this.steps = ordered(steps, givers(steps));
    }

    public List<Step> steps() {
        return steps;
    }

    private static void refuseTwins(List<Step> steps) {
        var named = new HashMap<String, Step>();
        for (var step : steps) {
            var twin = named.put(step.name(), step);
            if (twin != null) {
                throw at(
                        List.of(step, twin),
                        UserError.unreadable("two steps are called '" + step.name() + "'")
                                .fix("rename one of them"));
            }
        }
    }

    private static Map<String, Step> givers(List<Step> steps) {
        var givers = new HashMap<String, Step>();
        for (var step : steps) {
            for (var slot : step.gives()) {
                var twin = givers.put(slot.name(), step);
                if (twin != null) {
                    throw UserError.unreadable("steps '%s' and '%s' both give '%s'"
                                    .formatted(twin.name(), step.name(), slot.name()))
                            .fix("let one of them give it");
                }
            }
        }
        return givers;
    }

    private static List<Step> ordered(List<Step> steps, Map<String, Step> givers) {
        var done = new LinkedHashMap<Step, Boolean>();
        for (var step : steps) {
            visit(step, givers, done, new LinkedHashSet<>());
        }
        return List.copyOf(done.keySet());
    }

    private static void visit(Step step, Map<String, Step> givers, Map<Step, Boolean> done, Set<Step> waiting) {
        if (done.containsKey(step)) {
            return;
        }
        if (!waiting.add(step)) {
            throw cycle(step, waiting);
        }
        for (var slot : sorted(step.needs())) {
            var giver = givers.get(slot.name());
            if (giver == null || !giver.gives().contains(slot)) {
                throw UserError.unreadable("step '%s' needs '%s' of type %s, which no step gives"
                                .formatted(step.name(), slot.name(), slot.type().getSimpleName()))
                        .fix("add the step that gives it, or take the need away");
            }
            visit(giver, givers, done, waiting);
        }
        waiting.remove(step);
        done.put(step, true);
    }

    private static List<Slot<?>> sorted(Set<Slot<?>> slots) {
        var list = new ArrayList<>(slots);
        list.sort((a, b) -> a.name().compareTo(b.name()));
        return list;
    }

    private static UserError cycle(Step step, Set<Step> waiting) {
        var cycle = new ArrayList<Step>();
        for (var each : waiting) {
            if (!cycle.isEmpty() || each.equals(step)) {
                cycle.add(each);
            }
        }
        cycle.add(step);
        var names = cycle.stream().map(Step::name).collect(Collectors.joining(" -> "));
        return at(
                cycle,
                UserError.unreadable("steps wait for each other: " + names).fix("take one of these needs away"));
    }

    /** The error with the place of the first step that a user declared. */
    private static UserError at(List<Step> steps, UserError error) {
        return steps.stream()
                .flatMap(step -> step.declaredAt().stream())
                .findFirst()
                .map(error::at)
                .orElse(error);
    }
}
