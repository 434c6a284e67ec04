package dev.stepzero.scan.code.pattern.match;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that a function, or the file itself, makes known. */
final class Scope {
    static final Scope NONE = new Scope(null);

    private final @Nullable Scope around;
    private final Map<String, Binding> names = new HashMap<>();

    Scope(@Nullable Scope around) {
        this.around = around;
    }

    Optional<Binding> find(String name) {
        for (@Nullable Scope at = this; at != null; at = at.around) {
            var found = at.names.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** The binding of this scope itself. It is made if there is none; what made it first counts. */
    Binding own(String name, Binding.Origin origin) {
        return names.computeIfAbsent(name, each -> new Binding(origin));
    }
}
