package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The security context that a container runs under: its own settings, and the pod's where it has none. The annotations
 * that stood for the seccomp profile until Kubernetes 1.27 and for the AppArmor profile until 1.30 count as the fields
 * that took their place.
 */
final class EffectiveSecurity {
    private static final String[] INHERITED = {
        "runAsNonRoot",
        "runAsUser",
        "runAsGroup",
        "seccompProfile",
        "appArmorProfile",
        "seLinuxOptions",
        "windowsOptions"
    };

    private EffectiveSecurity() {}

    static Value of(Value.Mapping container, Value.Mapping pod, Value annotations) {
        if (container.get("securityContext") instanceof Unknown unknown) {
            return unknown;
        }
        var own = Look.mapping(container, "securityContext");
        var shared = Look.mapping(pod, "securityContext");
        var name = Look.text(container, "name").orElse("");
        var effective = new LinkedHashMap<String, Located>(own.entries());
        for (var setting : INHERITED) {
            if (own.get(setting) instanceof Value.Absent) {
                shared(pod, shared, setting).ifPresent(value -> effective.put(setting, value));
            }
        }
        if (annotations instanceof Unknown unknown) {
            effective.putIfAbsent("seccompProfile", Located.nowhere(unknown));
            effective.putIfAbsent("appArmorProfile", Located.nowhere(unknown));
        } else {
            annotated(Look.mapping(annotations), name, effective);
        }
        return new Value.Mapping(effective);
    }

    private static Optional<Located> shared(Value.Mapping pod, Value.Mapping shared, String setting) {
        return pod.get("securityContext") instanceof Unknown ? pod.entry("securityContext") : shared.entry(setting);
    }

    private static void annotated(Value.Mapping annotations, String name, Map<String, Located> effective) {
        annotated(annotations, "container.seccomp.security.alpha.kubernetes.io/" + name)
                .or(() -> annotated(annotations, "seccomp.security.alpha.kubernetes.io/pod"))
                .ifPresent(profile -> effective.putIfAbsent("seccompProfile", profile));
        annotated(annotations, "container.apparmor.security.beta.kubernetes.io/" + name)
                .ifPresent(profile -> effective.putIfAbsent("appArmorProfile", profile));
    }

    private static Optional<Located> annotated(Value.Mapping annotations, String key) {
        return annotations
                .entry(key)
                .flatMap(entry -> Look.text(entry.value())
                        .map(profile -> new Located(profile(profile, entry.position()), entry.position())));
    }

    private static Value profile(String text, Position position) {
        var fields = new LinkedHashMap<String, Located>();
        var localhost = "localhost/";
        fields.put("type", new Located(Value.of(type(text, localhost)), position));
        if (text.startsWith(localhost)) {
            var file = text.substring(localhost.length());
            fields.put("localhostProfile", new Located(Value.of(file), position));
        }
        return new Value.Mapping(fields);
    }

    private static String type(String text, String localhost) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("runtime/default") || lower.equals("docker/default")) {
            return "RuntimeDefault";
        }
        if (lower.equals("unconfined")) {
            return "Unconfined";
        }
        return lower.startsWith(localhost) ? "Localhost" : text;
    }
}
