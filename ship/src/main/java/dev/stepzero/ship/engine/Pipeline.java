package dev.stepzero.ship.engine;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        var names = new HashSet<String>();
        for (var step : steps) {
            if (!names.add(step.name())) {
                throw UserError.unreadable("two steps are called '" + step.name() + "'")
                        .fix("rename one of them");
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
        var names = new ArrayList<String>();
        for (var each : waiting) {
            if (!names.isEmpty() || each.equals(step)) {
                names.add(each.name());
            }
        }
        names.add(step.name());
        return UserError.unreadable("steps wait for each other: " + String.join(" -> ", names))
                .fix("take one of these needs away");
    }
}
