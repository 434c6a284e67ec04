package dev.stepzero.ship.debian;

import dev.stepzero.core.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the archive offers for one architecture: the newest version of each package, over all suites. */
final class PackageIndex {
    private static final Set<String> FIELDS = Set.of(
            "package",
            "version",
            "source",
            "architecture",
            "pre-depends",
            "depends",
            "provides",
            "sha256",
            "size",
            "filename");

    private static final Pattern SIZE = Pattern.compile("[0-9]{1,12}");

    private final Map<String, BinaryPackage> packages = new HashMap<>();
    private final Map<String, List<String>> providers = new HashMap<>();

    /** Adds the packages of a {@code Packages} file. */
    void add(BufferedReader in) throws IOException {
        var stanzas = new Stanzas(in, FIELDS);
        for (var next = stanzas.next(); next.isPresent(); next = stanzas.next()) {
            var stanza = next.get();
            read(stanza).ifPresent(found -> packages.merge(found.name(), found, PackageIndex::newer));
        }
    }

    /** A package, unless a field is missing without which it cannot be fetched. */
    private static Optional<BinaryPackage> read(Map<String, String> stanza) {
        var name = stanza.getOrDefault("package", "");
        var version = stanza.getOrDefault("version", "");
        var architecture = stanza.getOrDefault("architecture", "");
        var sha256 = stanza.getOrDefault("sha256", "");
        var size = stanza.getOrDefault("size", "");
        var path = stanza.getOrDefault("filename", "");
        if (Stream.of(name, version, architecture, sha256, path).anyMatch(String::isEmpty)
                || !SIZE.matcher(size).matches()) {
            return Optional.empty();
        }
        return Optional.of(new BinaryPackage(
                name,
                new DebianVersion(version),
                stanza.getOrDefault("source", ""),
                architecture,
                stanza.getOrDefault("pre-depends", ""),
                stanza.getOrDefault("depends", ""),
                stanza.getOrDefault("provides", ""),
                new Digest(sha256),
                Long.parseLong(size),
                path));
    }

    private static BinaryPackage newer(BinaryPackage known, BinaryPackage other) {
        return other.version().compareTo(known.version()) > 0 ? other : known;
    }

    /** To be called when everything was added: notes who provides which virtual package. */
    PackageIndex complete() {
        for (var candidate : packages.values()) {
            if (!candidate.provides().isEmpty()) {
                candidate
                        .provided()
                        .forEach(virtual -> providers
                                .computeIfAbsent(virtual.name(), name -> new ArrayList<>())
                                .add(candidate.name()));
            }
        }
        providers.values().forEach(names -> names.sort(Comparator.naturalOrder()));
        return this;
    }

    Optional<BinaryPackage> find(String name) {
        return Optional.ofNullable(packages.get(name));
    }

    /** A package that meets the dependency: the one of that name, or the first by name that provides it. */
    Optional<BinaryPackage> candidate(Dependency dependency) {
        var own = find(dependency.name()).filter(found -> found.meets(dependency));
        return own.or(() -> providers.getOrDefault(dependency.name(), List.of()).stream()
                .map(packages::get)
                .filter(provider -> provider.meets(dependency))
                .findFirst());
    }

    /** The package with the highest number in place of the star in {@code prefix-*}. */
    Optional<String> newestNumbered(String pattern) {
        var numbered = Pattern.compile(Pattern.quote(pattern.substring(0, pattern.length() - 1)) + "([0-9]{1,6})");
        return names().stream()
                .filter(name -> numbered.matcher(name).matches())
                .max(Comparator.comparingInt(name -> Integer.parseInt(name.substring(pattern.length() - 1))));
    }

    private Collection<String> names() {
        return packages.keySet();
    }
}
