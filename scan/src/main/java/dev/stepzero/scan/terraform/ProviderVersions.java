package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.terraform.hcl.Expression;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which version of a provider is used at least: that of the lock file, else what the configuration demands. */
final class ProviderVersions {
    private final Map<String, String> locked;
    private final Module root;
    private final IdentityHashMap<Module, Map<String, String>> demanded = new IdentityHashMap<>();

    /** @param lock the tree of {@code .terraform.lock.hcl}, empty where there is none */
    ProviderVersions(@Nullable Body lock, Module root) {
        this.locked = lock == null ? Map.of() : locked(lock);
        this.root = root;
    }

    Origin origin(List<Origin.Call> calls, Module module, String provider) {
        return new Origin(Format.TERRAFORM, calls, provider.isEmpty() ? null : version(module, provider));
    }

    private @Nullable String version(Module module, String provider) {
        var exact = locked.get(provider);
        if (exact != null) {
            return exact;
        }
        var own = demanded(module).get(provider);
        var above = demanded(root).get(provider);
        return own == null || (above != null && compare(above, own) > 0) ? above : own;
    }

    private static Map<String, String> locked(Body lock) {
        var versions = new HashMap<String, String>();
        for (var block : lock.blocks()) {
            if (block.type().equals("provider") && !block.labels().isEmpty()) {
                var source = block.labels().getFirst();
                Syntax.literal(block.body(), "version")
                        .ifPresent(version -> versions.put(source.substring(source.lastIndexOf('/') + 1), version));
            }
        }
        return versions;
    }

    private Map<String, String> demanded(Module module) {
        return demanded.computeIfAbsent(module, ProviderVersions::read);
    }

    private static Map<String, String> read(Module module) {
        var versions = new HashMap<String, String>();
        var settings = module.settings();
        if (settings != null) {
            for (var block : settings.body().blocks()) {
                if (block.type().equals("required_providers")) {
                    block.body().attributes().forEach(each -> demand(versions, each.name(), constraint(each.value())));
                }
            }
            Syntax.attribute(settings.body(), "required_providers").ifPresent(each -> {
                if (each.value() instanceof Expression.ObjectOf(var entries, var _)) {
                    entries.forEach(entry ->
                            demand(versions, Syntax.literal(entry.key()).orElse(""), constraint(entry.value())));
                }
            });
        }
        // Before Terraform 0.13 the provider's block said it.
        for (var provider : module.providers()) {
            if (!provider.labels().isEmpty()) {
                demand(
                        versions,
                        provider.labels().getFirst(),
                        Syntax.literal(provider.body(), "version").orElse(""));
            }
        }
        return versions;
    }

    private static String constraint(Expression expression) {
        return switch (expression) {
            case Expression.Literal(Value.Text(var text), var _) -> text;
            case Expression.ObjectOf(var entries, var _) -> {
                var found = "";
                for (var entry : entries) {
                    if (Syntax.literal(entry.key()).orElse("").equals("version")) {
                        found = Syntax.literal(entry.value()).orElse("");
                    }
                }
                yield found;
            }
            default -> "";
        };
    }

    private static void demand(Map<String, String> versions, String provider, String constraint) {
        for (var part : constraint.split(",", -1)) {
            var bound = part.strip();
            if (bound.startsWith("<") || bound.startsWith("!=") || bound.isEmpty()) {
                continue;
            }
            int start = 0;
            while (start < bound.length() && "=~> ".indexOf(bound.charAt(start)) >= 0) {
                start++;
            }
            var version = bound.substring(start).strip();
            if (!version.isEmpty() && Character.isDigit(version.charAt(0))) {
                versions.merge(provider, version, (one, other) -> compare(one, other) >= 0 ? one : other);
            }
        }
    }

    /** By their numbers; what follows a hyphen is left aside. */
    static int compare(String one, String other) {
        var left = one.split("-", 2)[0].split("\\.", -1);
        var right = other.split("-", 2)[0].split("\\.", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int difference = Integer.compare(number(left, i), number(right, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int at) {
        if (at >= parts.length || parts[at].isEmpty() || parts[at].length() > 9) {
            return 0;
        }
        for (char each : parts[at].toCharArray()) {
            if (each < '0' || each > '9') {
                return 0;
            }
        }
        return Integer.parseInt(parts[at]);
    }
}
