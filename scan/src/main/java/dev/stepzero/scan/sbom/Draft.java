package dev.stepzero.scan.sbom;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a document says, until all of it is known. Elements are known by the document's own references. */
final class Draft {
    private static final java.util.regex.Pattern SHA256 = java.util.regex.Pattern.compile("[0-9a-f]{64}");

    /** A component as far as it is known: the document may say its scope elsewhere. */
    record Found(
            PackageUrl purl,
            Component.Scope scope,
            List<Component.Place> places,
            Optional<Digest> digest,
            List<String> licenses) {}

    private record Edge(String from, String to) {}

    private final Map<String, Found> found = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, List<String>> licenses = new HashMap<>();
    private final Map<String, Component.Scope> scopes = new HashMap<>();
    private String name = "";
    private String version = "";
    private Instant created = Instant.EPOCH;
    private @Nullable Digest image;
    private @Nullable Distribution distribution;
    private @Nullable String root;

    void subject(String reference, String name, String version, Optional<Digest> image) {
        this.root = reference;
        this.name = name;
        this.version = version;
        this.image = image.orElse(null);
    }

    /** How the document calls its subject. */
    Optional<String> root() {
        return Optional.ofNullable(root);
    }

    void created(String time) {
        try {
            created = OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            // A document without a readable date is as good as one without a date.
            created = Instant.EPOCH;
        }
    }

    void distribution(String id, String version, String codename) {
        distribution = new Distribution(id, version, codename);
    }

    void add(String reference, Found component) {
        if (found.size() >= Dialect.MOST_COMPONENTS) {
            throw Dialect.tooMany(Dialect.MOST_COMPONENTS, "components");
        }
        found.put(reference, component);
    }

    void depends(String from, String to) {
        if (edges.size() >= Dialect.MOST_DEPENDENCIES) {
            throw Dialect.tooMany(Dialect.MOST_DEPENDENCIES, "dependencies");
        }
        edges.add(new Edge(from, to));
    }

    /** A licence of a component, said beside it. */
    void license(String reference, String name) {
        licenses.computeIfAbsent(reference, _ -> new ArrayList<>()).add(name);
    }

    void scope(String reference, Component.Scope scope) {
        scopes.put(reference, scope);
    }

    /** A SHA-256 as documents write it; empty where it is none. */
    static Optional<Digest> sha256(String hex) {
        var lower = hex.toLowerCase(java.util.Locale.ROOT);
        return SHA256.matcher(lower).matches() ? Optional.of(new Digest(lower)) : Optional.empty();
    }

    Sbom sbom() {
        var packages = new Inventory.Collector();
        var direct = direct();
        found.forEach((reference, component) -> packages.add(component(reference, component, direct)));
        for (var edge : edges) {
            var from = found.get(edge.from());
            var to = found.get(edge.to());
            if (from != null && to != null) {
                packages.depends(Upstream.without(from.purl()), Upstream.without(to.purl()));
            }
        }
        return new Sbom(
                name,
                version,
                Optional.ofNullable(image),
                created,
                packages.inventory(Optional.ofNullable(distribution)));
    }

    private Set<String> direct() {
        var direct = new HashSet<String>();
        edges.stream().filter(edge -> edge.from().equals(root)).forEach(edge -> direct.add(edge.to()));
        return direct;
    }

    private Component component(String reference, Found component, Set<String> direct) {
        return new Component(
                Upstream.without(component.purl()),
                scopes.getOrDefault(reference, component.scope()),
                direct.contains(reference),
                component.places().isEmpty() ? List.of(Component.Place.of("", 0)) : component.places(),
                Upstream.read(component.purl()),
                component.digest(),
                licenses.getOrDefault(reference, component.licenses()));
    }
}
