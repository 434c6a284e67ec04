package dev.stepzero.scan.packages.python;

import java.util.List;

/** Says of which packages no version is known. */
final class Unmatched {
    private static final int MOST_NAMED = 10;

    private Unmatched() {}

    static String reason(List<String> names) {
        var named = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return "%d packages are not matched, as nothing here tells their versions: %s%s"
                .formatted(names.size(), named, names.size() > MOST_NAMED ? " and more" : "");
    }
}
