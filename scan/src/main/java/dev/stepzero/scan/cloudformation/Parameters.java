package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code Ref} gives for parameters and for CloudFormation's own names. */
final class Parameters {
    private final Value.Mapping declared;
    private final Map<String, Value> arguments;

    /** @param arguments what a parent stack passes */
    Parameters(Value.Mapping declared, Map<String, Value> arguments) {
        this.declared = declared;
        this.arguments = arguments;
    }

    Optional<Value> value(String name) {
        if (name.startsWith("AWS::")) {
            return Optional.of(pseudo(name));
        }
        if (arguments.containsKey(name)) {
            return Optional.of(arguments.get(name));
        }
        return declared.entry(name).map(parameter -> parameter(name, parameter.value()));
    }

    private static Value parameter(String name, Value declaration) {
        var unknown = Unknown.because("parameter " + name).present();
        if (!(declaration instanceof Value.Mapping map)) {
            return unknown;
        }
        var type = Texts.of(map.get("Type")).orElse("String");
        var preset = map.get("Default");
        // The default of such a parameter names where its value is kept.
        if (type.startsWith("AWS::SSM::Parameter::Value")) {
            return unknown;
        }
        if (!(preset instanceof Value.Absent)) {
            return type.equals("CommaDelimitedList") || type.startsWith("List<") ? list(preset) : preset;
        }
        return map.get("AllowedValues") instanceof Value.Sequence allowed ? oneOf(unknown, allowed) : unknown;
    }

    private static Value oneOf(Unknown unknown, Value.Sequence allowed) {
        var values = new ArrayList<Value>();
        for (var each : allowed.items()) {
            values.add(each.value());
        }
        return new Unknown(unknown.because(), true, values, List.of(), null, Set.of());
    }

    private static Value list(Value preset) {
        var text = Texts.of(preset);
        if (text.isEmpty()) {
            return preset;
        }
        var items = new ArrayList<Located>();
        for (var each : text.get().split(",", -1)) {
            items.add(Located.nowhere(Value.of(each.strip())));
        }
        return new Value.Sequence(items);
    }

    /** Partition and suffix are those of nearly everybody, so that names of managed policies are known. */
    private static Value pseudo(String name) {
        return switch (name) {
            case "AWS::NoValue" -> Value.ABSENT;
            case "AWS::Partition" -> Value.of("aws");
            case "AWS::URLSuffix" -> Value.of("amazonaws.com");
            default -> Unknown.because(name).present();
        };
    }
}
