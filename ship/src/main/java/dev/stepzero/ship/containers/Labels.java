package dev.stepzero.ship.containers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The labels by which Stepzero finds again what it created.
 *
 * @param values full label names and their values
 */
public record Labels(Map<String, String> values) {
    public static final String PROJECT = "dev.stepzero.project";
    public static final String ENVIRONMENT = "dev.stepzero.environment";
    public static final String TIER = "dev.stepzero.tier";
    public static final String COLOUR = "dev.stepzero.colour";
    public static final String RUN = "dev.stepzero.run";

    public Labels {
        values = Map.copyOf(values);
    }

    public static Labels of(String name, String value) {
        return new Labels(Map.of(name, value));
    }

    /** These labels and one more, which replaces one of the same name. */
    public Labels and(String name, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Labels(more);
    }
}
