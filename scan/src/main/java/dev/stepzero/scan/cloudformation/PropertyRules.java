package dev.stepzero.scan.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the properties of a type, or of an object in one, become. A property without a rule is respelled. */
final class PropertyRules {
    private final Map<String, List<PropertyRule>> rules = new LinkedHashMap<>();
    private final List<Preset> presets = new ArrayList<>();

    /**
     * An attribute that no property gives.
     *
     * @param always whether it holds even if a property gives it
     */
    record Preset(String attribute, String value, boolean always) {}

    void add(String property, PropertyRule rule) {
        rules.computeIfAbsent(property, name -> new ArrayList<>(1)).add(rule);
    }

    void add(Preset preset) {
        presets.add(preset);
    }

    void addAll(PropertyRules others) {
        others.rules.forEach((property, more) ->
                rules.computeIfAbsent(property, name -> new ArrayList<>(1)).addAll(more));
        presets.addAll(others.presets);
    }

    List<PropertyRule> of(String property) {
        return rules.getOrDefault(property, List.of());
    }

    Map<String, List<PropertyRule>> all() {
        return rules;
    }

    List<Preset> presets() {
        return presets;
    }

    boolean isEmpty() {
        return rules.isEmpty() && presets.isEmpty();
    }
}
