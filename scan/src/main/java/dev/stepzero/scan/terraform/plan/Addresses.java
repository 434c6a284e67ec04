package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of addresses such as {@code module.net["a.b"].aws_subnet.a[0]}. */
final class Addresses {
    private Addresses() {}

    /** Its parts between the dots; a dot in a key is none. */
    static List<String> parts(String address) {
        var parts = new ArrayList<String>();
        int start = 0;
        var quoted = false;
        var keyed = false;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '[' || c == ']')) {
                keyed = c == '[';
            } else if (!quoted && !keyed && c == '.') {
                parts.add(address.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(address.substring(start));
        return parts;
    }

    /** The part without its index or key. */
    static String withoutKey(String part) {
        int bracket = part.indexOf('[');
        return bracket < 0 ? part : part.substring(0, bracket);
    }

    /** The module that something stands in, with a dot at its end; empty for the root. */
    static String module(String address) {
        var parts = parts(address);
        var module = new StringBuilder();
        for (int i = 0; i + 1 < parts.size() && parts.get(i).equals("module"); i += 2) {
            module.append("module.").append(parts.get(i + 1)).append('.');
        }
        return module.toString();
    }

    /** An index or key in its brackets; empty where there is none. */
    static String key(Value index) {
        return switch (index) {
            case Value.Text(var text) -> "[\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
            case Value.Numeric(var number) -> "[" + number.toPlainString() + "]";
            default -> "";
        };
    }

    /** The module calls above stand in no file that is known here. */
    static Origin origin(Format format, String address, @Nullable String version) {
        var parts = parts(address);
        var calls = new ArrayList<Origin.Call>();
        var module = new StringBuilder();
        for (int i = 0; i + 2 < parts.size() && parts.get(i).equals("module"); i += 2) {
            module.append(i == 0 ? "" : ".").append("module.").append(parts.get(i + 1));
            calls.add(new Origin.Call(module.toString(), Position.NONE));
        }
        return new Origin(format, calls, version);
    }
}
