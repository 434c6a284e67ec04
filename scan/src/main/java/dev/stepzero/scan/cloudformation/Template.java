package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Value;
import java.util.Optional;

/** The sections of a template, as they are written. */
record Template(
        String file,
        Value.Mapping parameters,
        Value.Mapping mappings,
        Value.Mapping conditions,
        Value.Mapping resources,
        Value.Mapping outputs,
        Value.Mapping globals) {
    /** Takes a document as a template if it has resources that only CloudFormation could mean. */
    static Optional<Template> of(String file, Value root) {
        if (!(root instanceof Value.Mapping map) || !(map.get("Resources") instanceof Value.Mapping resources)) {
            return Optional.empty();
        }
        boolean declared = map.entries().containsKey("AWSTemplateFormatVersion")
                || map.entries().containsKey("Transform");
        if (!declared && !hasKnownType(resources)) {
            return Optional.empty();
        }
        return Optional.of(new Template(
                file,
                section(map, "Parameters"),
                section(map, "Mappings"),
                section(map, "Conditions"),
                resources,
                section(map, "Outputs"),
                section(map, "Globals")));
    }

    private static boolean hasKnownType(Value.Mapping resources) {
        for (var entry : resources.entries().entrySet()) {
            if (entry.getKey().startsWith(ForEach.PREFIX)
                    || isType(typeOf(entry.getValue().value()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isType(String type) {
        return type.startsWith("AWS::") || type.startsWith("Custom::") || type.startsWith("Alexa::");
    }

    static String typeOf(Value definition) {
        return definition instanceof Value.Mapping map && map.get("Type") instanceof Value.Text type
                ? type.value()
                : "";
    }

    private static Value.Mapping section(Value.Mapping root, String name) {
        return root.get(name) instanceof Value.Mapping section ? section : Value.Mapping.EMPTY;
    }
}
