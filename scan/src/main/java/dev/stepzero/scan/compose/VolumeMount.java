package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mount of a service, its short form {@code [SOURCE:]TARGET[:OPTIONS]} written out. */
final class VolumeMount {
    private VolumeMount() {}

    static Located of(Located written) {
        return switch (written.value()) {
            case Value.Mapping longForm -> written;
            case Unknown unknown -> new Located(unknown(unknown, written.position()), written.position());
            default ->
                Look.text(written.value())
                        .map(text -> new Located(shortForm(text, written.position()), written.position()))
                        .orElse(written);
        };
    }

    /** Of a mount that is put together of variables its source may be known: what stands before the first colon. */
    private static Value unknown(Unknown written, Position position) {
        var prefix = written.prefix();
        var fields = new LinkedHashMap<String, Located>();
        var part = new Located(Unknown.because(written.chain()), position);
        int colon = prefix.indexOf(':');
        if (colon > 0) {
            source(fields, prefix.substring(0, colon), position);
        } else {
            fields.put("type", part);
            fields.put("source", part);
        }
        fields.put("target", part);
        fields.put("read_only", part);
        return new Value.Mapping(fields);
    }

    private static Value shortForm(String text, Position position) {
        var fields = new LinkedHashMap<String, Located>();
        int drive = text.length() > 2 && text.charAt(1) == ':' && text.charAt(2) == '\\' ? 2 : 0;
        int first = text.indexOf(':', drive);
        if (first < 0) {
            fields.put("type", new Located(Value.of("volume"), position));
            fields.put("target", new Located(Value.of(text), position));
            return new Value.Mapping(fields);
        }
        source(fields, text.substring(0, first), position);
        int second = text.indexOf(':', first + 1);
        var target = text.substring(first + 1, second < 0 ? text.length() : second);
        fields.put("target", new Located(Value.of(target), position));
        var options = second < 0
                ? List.<String>of()
                : List.of(text.substring(second + 1).split(",", -1));
        fields.put("read_only", new Located(Value.of(options.contains("ro")), position));
        for (var option : options) {
            if (option.endsWith("shared") || option.endsWith("slave") || option.endsWith("private")) {
                fields.put("propagation", new Located(Value.of(option), position));
            }
        }
        return new Value.Mapping(fields);
    }

    /** A path is bound, a name is a volume. */
    private static void source(Map<String, Located> fields, String source, Position position) {
        boolean path =
                source.startsWith("/") || source.startsWith(".") || source.startsWith("~") || source.indexOf('\\') >= 0;
        fields.put("type", new Located(Value.of(path ? "bind" : "volume"), position));
        fields.put("source", new Located(Value.of(source), position));
    }
}
