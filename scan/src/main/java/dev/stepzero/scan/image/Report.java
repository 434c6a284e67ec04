package dev.stepzero.scan.image;

import dev.stepzero.core.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers findings; a hostile image could cause half a million, so each rule has a share. */
final class Report {
    private static final int MOST_OF_A_RULE = 1000;

    private final List<Layer> layers;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<ImageRule, Integer> counts = new HashMap<>();

    Report(List<Layer> layers) {
        this.layers = layers;
    }

    void add(ImageRule rule, String part, String message, String value) {
        if (counts.merge(rule, 1, Integer::sum) <= MOST_OF_A_RULE) {
            findings.add(rule.at(part, message, value));
        }
    }

    /** A finding on an entry, which tells where the entry came from. */
    void add(ImageRule rule, ImageFile file, String what, String value) {
        add(rule, file.path(), what + ", from " + origin(file.entry().layer()), value);
    }

    String origin(int layer) {
        return "layer " + layer
                + layers.get(layer)
                        .instruction()
                        .map(instruction -> " (" + History.shown(instruction) + ")")
                        .orElse("");
    }

    List<Finding> findings() {
        var all = new ArrayList<>(findings);
        counts.forEach((rule, count) -> {
            if (count > MOST_OF_A_RULE) {
                all.add(rule.at("", (count - MOST_OF_A_RULE) + " more like the " + MOST_OF_A_RULE + " listed", "more"));
            }
        });
        return List.copyOf(all);
    }
}
