package dev.stepzero.core.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that was configured together, such as one root module or one template. Immutable. */
public final class Resources {
    private final List<Resource> all;
    private final Map<String, List<Resource>> byKind;
    private final Map<String, Resource> byAddress;
    private final IdentityHashMap<Value.Text, Set<Reference>> sources;

    public Resources(Collection<Resource> all) {
        this(all, new IdentityHashMap<>());
    }

    /** @param sources what known texts in them were read from, by the texts' identity; the caller does not change it any more */
    public Resources(Collection<Resource> all, IdentityHashMap<Value.Text, Set<Reference>> sources) {
        this.sources = sources;
        this.all = List.copyOf(all);
        var kinds = new LinkedHashMap<String, List<Resource>>();
        var addresses = new LinkedHashMap<String, Resource>();
        for (var each : this.all) {
            kinds.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(each);
            addresses.putIfAbsent(each.address(), each);
        }
        this.byKind = kinds;
        this.byAddress = addresses;
    }

    public List<Resource> all() {
        return all;
    }

    /** What this very text was read from; nothing where that is not known. */
    public Set<Reference> sources(Value.Text text) {
        return sources.getOrDefault(text, Set.of());
    }

    public Map<String, List<Resource>> byKind() {
        return byKind;
    }

    public List<Resource> ofKind(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    public Optional<Resource> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
