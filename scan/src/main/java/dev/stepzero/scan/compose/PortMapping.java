package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.LinkedHashMap;
import java.util.Map;

/** A published port, its short form {@code [[IP:]HOST:]CONTAINER[/PROTOCOL]} written out. Ranges stay texts. */
final class PortMapping {
    private PortMapping() {}

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

    /** Of a port that is put together of variables it may be known that an address stands in front. */
    private static Value unknown(Unknown written, Position position) {
        var prefix = written.prefix();
        var fields = new LinkedHashMap<String, Located>();
        var part = new Located(Unknown.because(written.chain()), position);
        fields.put("target", part);
        fields.put("published", part);
        boolean address = prefix.indexOf('.') > 0 && prefix.indexOf(':') > 0;
        fields.put(
                "host_ip", address ? new Located(Value.of(prefix.substring(0, prefix.indexOf(':'))), position) : part);
        return new Value.Mapping(fields);
    }

    private static Value shortForm(String text, Position position) {
        var fields = new LinkedHashMap<String, Located>();
        int slash = text.indexOf('/');
        var rest = slash < 0 ? text : text.substring(0, slash);
        int colon = rest.lastIndexOf(':');
        put(fields, "target", rest.substring(colon + 1), position);
        if (colon >= 0) {
            var host = rest.substring(0, colon);
            int bracket = host.lastIndexOf(']');
            int split = host.lastIndexOf(':');
            boolean address = split > bracket || (bracket < 0 && split >= 0);
            put(fields, "published", address ? host.substring(split + 1) : host, position);
            if (address) {
                put(fields, "host_ip", host.substring(0, split).replace("[", "").replace("]", ""), position);
            }
        }
        put(fields, "protocol", slash < 0 ? "tcp" : text.substring(slash + 1), position);
        return new Value.Mapping(fields);
    }

    private static void put(Map<String, Located> fields, String name, String value, Position position) {
        if (!value.isEmpty()) {
            fields.put(name, new Located(Value.of(value), position));
        }
    }
}
