package dev.stepzero.scan.code.java.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What of outside a value holds, by where it came from. */
public record Taint(Map<Label, Flow> flows) {
    public static final Taint NONE = new Taint(Map.of());

    private static final int MOST = 6;

    public static Taint of(Label label, Flow flow) {
        return new Taint(Map.of(label, flow));
    }

    public boolean isNone() {
        return flows.isEmpty();
    }

    /** What is in either; of very many some stand for all. */
    public Taint or(Taint other) {
        if (other.isNone() || equals(other)) {
            return this;
        }
        if (isNone()) {
            return other;
        }
        var all = new LinkedHashMap<>(flows);
        other.flows.forEach((label, flow) -> {
            if (all.size() < MOST || all.containsKey(label)) {
                all.merge(label, flow, Flow::or);
            }
        });
        return new Taint(all);
    }

    public Taint map(UnaryOperator<Flow> change) {
        return map((label, flow) -> change.apply(flow));
    }

    public Taint map(BiFunction<Label, Flow, Flow> change) {
        if (isNone()) {
            return this;
        }
        var all = new LinkedHashMap<Label, Flow>();
        flows.forEach((label, flow) -> all.put(label, change.apply(label, flow)));
        return new Taint(all);
    }

    /** What survives being made a number. */
    public Taint asNumber() {
        if (isNone()) {
            return this;
        }
        var all = new LinkedHashMap<Label, Flow>();
        flows.forEach((label, flow) -> {
            if (!label.text()) {
                all.put(label, flow);
            }
        });
        return all.isEmpty() ? NONE : new Taint(all);
    }
}
