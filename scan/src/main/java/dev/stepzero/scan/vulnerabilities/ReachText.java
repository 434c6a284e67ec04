package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.core.Reach;
import java.util.ArrayList;
import java.util.List;

/** How a report tells whether vulnerable code can be reached. */
final class ReachText {
    private static final int BEGIN = 3;
    private static final int END = 3;

    private ReachText() {}

    static String of(Reach reach) {
        return switch (reach.answer()) {
            case REACHABLE -> "Reachable: " + String.join(" → ", shortened(reach.path()));
            case UNREACHABLE -> "Not reachable in the program as built: " + reach.because();
            case UNKNOWN -> "Whether it is reachable is unknown: " + reach.because();
        };
    }

    private static List<String> shortened(List<String> path) {
        if (path.size() <= BEGIN + END + 1) {
            return path;
        }
        var some = new ArrayList<>(path.subList(0, BEGIN));
        some.add("…");
        some.addAll(path.subList(path.size() - END, path.size()));
        return some;
    }
}
