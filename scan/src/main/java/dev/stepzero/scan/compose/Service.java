package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A service with the short forms of the Compose specification written out, so that a rule needs to know one form only. */
final class Service {
    private Service() {}

    /** The same service in the long form; once more changes nothing. */
    static Located normal(Located written) {
        if (!(written.value() instanceof Value.Mapping service)) {
            return new Located(Value.Mapping.EMPTY, written.position());
        }
        var normal = new LinkedHashMap<String, Located>();
        service.entries().forEach((name, value) -> normal.put(name, attribute(name, value)));
        return new Located(new Value.Mapping(normal), written.position());
    }

    private static Located attribute(String name, Located value) {
        return switch (name) {
            case "ports" -> each(value, PortMapping::of);
            case "volumes" -> each(value, VolumeMount::of);
            case "secrets", "configs" -> each(value, item -> named("source", item));
            case "environment" -> pairs(value, true);
            case "labels", "sysctls", "annotations" -> pairs(value, false);
            case "build" -> named("context", value);
            case "env_file", "tmpfs", "dns", "dns_search" -> list(value);
            default -> value;
        };
    }

    private static Located each(Located value, UnaryOperator<Located> change) {
        return value.value() instanceof Value.Sequence list
                ? new Located(
                        new Value.Sequence(list.items().stream().map(change).toList()), value.position())
                : value;
    }

    /** A text that stands for an object with one attribute. */
    private static Located named(String attribute, Located value) {
        if (value.value() instanceof Value.Text || value.value() instanceof Unknown) {
            var object = new LinkedHashMap<String, Located>();
            object.put(attribute, value);
            return new Located(new Value.Mapping(object), value.position());
        }
        return value;
    }

    private static Located list(Located value) {
        return value.value() instanceof Value.Text
                ? new Located(new Value.Sequence(List.of(value)), value.position())
                : value;
    }

    /** A list of {@code NAME=VALUE} as an object. A variable without a value is the one of Compose's own environment. */
    private static Located pairs(Located value, boolean inherits) {
        var object = new LinkedHashMap<String, Located>();
        switch (value.value()) {
            case Value.Sequence list -> list.items().forEach(item -> pair(item, inherits, object));
            case Value.Mapping map ->
                map.entries()
                        .forEach((name, entry) -> object.put(
                                name,
                                inherits && entry.value() instanceof Value.Absent
                                        ? new Located(Unknown.because("the variable " + name), entry.position())
                                        : entry));
            default -> {
                return value;
            }
        }
        return new Located(new Value.Mapping(object), value.position());
    }

    private static void pair(Located item, boolean inherits, Map<String, Located> into) {
        var text = item.value() instanceof Unknown unknown
                ? unknown.prefix()
                : Look.text(item.value()).orElse("");
        int equals = text.indexOf('=');
        var name = equals < 0 ? text : text.substring(0, equals);
        if (name.isEmpty()) {
            return;
        }
        Value value;
        if (item.value() instanceof Unknown unknown) {
            value = equals >= 0 ? rest(unknown, equals + 1) : Unknown.because(unknown.chain());
        } else if (equals >= 0) {
            value = Value.of(text.substring(equals + 1));
        } else {
            value = inherits ? Unknown.because("the variable " + name) : Value.of("");
        }
        into.put(name, new Located(value, item.position()));
    }

    /** What stands behind the equals sign of a text that is put together of known and unknown parts. */
    private static Value rest(Unknown unknown, int from) {
        var parts = new ArrayList<>(unknown.parts());
        parts.set(0, Value.of(unknown.prefix().substring(from)));
        parts.removeIf(part -> part.equals(Value.of("")));
        return Unknown.text(parts);
    }
}
