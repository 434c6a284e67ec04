package dev.stepzero.scan.github;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a job or of an action. */
final class Steps {
    private static final Origin ORIGIN = Origin.of(Format.GITHUB_ACTIONS);

    private Steps() {}

    /** @param shared what every step is told of its job */
    static void of(String address, Value steps, Map<String, Located> shared, List<Resource> into) {
        var names = new HashMap<String, Integer>();
        int number = 0;
        for (var item : Look.items(steps)) {
            number++;
            if (item.value() instanceof Value.Mapping step) {
                var name = name(step, number);
                int times = names.merge(name, 1, Integer::sum);
                var unique = times == 1 ? name : name + "#" + times;
                into.add(new Resource(
                        "github_step",
                        address + "/" + unique,
                        attributes(step, item, number, shared),
                        item.position(),
                        ORIGIN));
            }
        }
    }

    /** A step is called by what stays when others are put before it. */
    private static String name(Value.Mapping step, int number) {
        return Look.text(step, "id")
                .or(() -> Look.text(step, "name"))
                .or(() -> Look.text(step, "uses").map(uses -> Uses.of(uses).action()))
                .orElse("step " + number);
    }

    private static Value.Mapping attributes(Value.Mapping step, Located item, int number, Map<String, Located> shared) {
        var attributes = new LinkedHashMap<>(step.entries());
        attributes.putAll(shared);
        attributes.put("number", new Located(Value.of(number), item.position()));
        Uses.spread(step, attributes);
        var expressions = new ArrayList<Located>();
        step.entry("run").ifPresent(run -> Expressions.find(run, expressions));
        Look.mapping(step, "with").entry("script").ifPresent(script -> Expressions.find(script, expressions));
        attributes.put(
                "expressions",
                new Located(new Value.Sequence(expressions), place(step, item).position()));
        return new Value.Mapping(attributes);
    }

    private static Located place(Value.Mapping step, Located item) {
        return step.entry("run")
                .or(() -> Look.mapping(step, "with").entry("script"))
                .orElse(item);
    }
}
