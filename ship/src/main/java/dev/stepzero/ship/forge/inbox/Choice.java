package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.inbox.Claims.Due;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Which of the deliveries that wait are taken together. One whose server died is taken as the only one of its project, and
 * as the only one of its kind: should it be what kills servers, that counts for no other.
 */
final class Choice {
    /** Those of a project are worked on one after the other; what we do not take, another server may. */
    static final int MOST_OF_ONE = 32;

    /** As they are stored; beyond that a project has one. */
    private static final long HEAVIEST = 4L << 20;

    private Choice() {}

    /** @param due those that wait longest first */
    static List<Due> of(List<Due> due, int projects) {
        var chosen = new ArrayList<Due>();
        var size = 0L;
        var lanes = 0;
        var died = false;
        for (var lane : lanes(due)) {
            var first = lane.getFirst();
            if (lanes == projects || (first.died() && died)) {
                continue;
            }
            lanes++;
            died |= first.died();
            for (var one : together(lane)) {
                if (one.equals(first) || size + one.size() <= HEAVIEST) {
                    chosen.add(one);
                    size += one.size();
                } else {
                    break;
                }
            }
        }
        return chosen;
    }

    /** Those of each project in their order, the project that waits longest first. */
    private static Collection<List<Due>> lanes(List<Due> due) {
        var lanes = new LinkedHashMap<String, List<Due>>();
        due.forEach(one -> lanes.computeIfAbsent(one.project(), project -> new ArrayList<>())
                .add(one));
        lanes.values().forEach(lane -> lane.sort(Comparator.comparingLong(Due::id)));
        return lanes.values();
    }

    private static List<Due> together(List<Due> lane) {
        return lane.getFirst().died()
                ? lane.subList(0, 1)
                : lane.stream().takeWhile(one -> !one.died()).limit(MOST_OF_ONE).toList();
    }
}
