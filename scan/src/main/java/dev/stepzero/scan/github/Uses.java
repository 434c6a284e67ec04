package dev.stepzero.scan.github;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.Map;

/**
 * What {@code uses} names.
 *
 * @param action such as {@code actions/checkout}, {@code ./local} or {@code docker://alpine}
 * @param ref what stands behind the {@code @}; empty where nothing does
 */
record Uses(String action, String ref) {
    static Uses of(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new Uses(text.strip(), "")
                : new Uses(text.substring(0, at).strip(), text.substring(at + 1).strip());
    }

    /** Writes {@code action} and {@code ref} beside {@code uses}. */
    static void spread(Value.Mapping owner, Map<String, Located> attributes) {
        var uses = owner.entries().get("uses");
        if (uses == null) {
            return;
        }
        Look.text(uses.value()).map(Uses::of).ifPresent(parts -> {
            attributes.put("action", new Located(Value.of(parts.action()), uses.position()));
            if (!parts.ref().isEmpty()) {
                attributes.put("ref", new Located(Value.of(parts.ref()), uses.position()));
            }
        });
    }
}
