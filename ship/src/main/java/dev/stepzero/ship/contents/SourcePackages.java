package dev.stepzero.ship.contents;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.maven.MavenReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** What the sources of a commit ask for, and by what: it tells of a package in the image who wanted it. */
final class SourcePackages {
    private final Inventory inventory;
    private final Map<PackageUrl, Component> components = new HashMap<>();
    private final Path repository;

    private SourcePackages(Inventory inventory, Path repository) {
        this.inventory = inventory;
        this.repository = repository;
        inventory.components().forEach(each -> components.merge(plain(each.purl()), each, Component::and));
    }

    /**
     * Reads the manifests and lockfiles of a tree.
     *
     * @param repository Maven's local repository that the build used; it need not be there
     */
    static SourcePackages of(Path tree, Path repository) throws InterruptedException {
        var intake = new Intake();
        var files = TreeFiles.of(tree, intake);
        var packages = new Inventory.Collector();
        for (var reader : ServiceLoader.load(ManifestReader.class)) {
            var own = reader instanceof MavenReader && Files.isDirectory(repository)
                    ? new MavenReader(repository)
                    : reader;
            own.read(files, packages, intake);
        }
        return new SourcePackages(packages.inventory(Optional.empty()), repository);
    }

    /** Whether the sources themselves name the package. */
    boolean isDirect(PackageUrl purl) {
        return Optional.ofNullable(components.get(plain(purl)))
                .map(Component::direct)
                .orElse(false);
    }

    /** Which packages ask for which, all without qualifiers. */
    Map<PackageUrl, Set<PackageUrl>> dependencies() {
        var all = new TreeMap<PackageUrl, Set<PackageUrl>>();
        inventory.dependencies().forEach((from, to) -> {
            var dependencies = all.computeIfAbsent(plain(from), each -> new HashSet<>());
            to.forEach(each -> dependencies.add(plain(each)));
        });
        return all;
    }

    /**
     * The coordinates under which Maven fetched archives, by digest: an archive need not carry them itself.
     *
     * @param archives those that went into the image
     */
    Map<Digest, PackageUrl> coordinates(List<Contents.Archive> archives) throws IOException {
        var sizes = new HashSet<Long>();
        var digests = new HashSet<Digest>();
        for (var archive : archives) {
            sizes.add(Files.size(Path.of(archive.file())));
            digests.add(new Digest(archive.sha256()));
        }
        var found = new HashMap<Digest, PackageUrl>();
        for (var component : inventory.components()) {
            for (var jar : jars(component.purl())) {
                var digest = sizes.contains(Files.size(jar)) ? Archives.sha256(jar) : null;
                if (digest != null && digests.contains(digest)) {
                    found.putIfAbsent(digest, plain(component.purl()));
                }
            }
        }
        return found;
    }

    private List<Path> jars(PackageUrl purl) throws IOException {
        if (!purl.type().equals("maven") || purl.version().isEmpty()) {
            return List.of();
        }
        var directory = repository
                .resolve(purl.namespace().replace('.', '/'))
                .resolve(purl.name())
                .resolve(purl.version())
                .normalize();
        if (!directory.startsWith(repository.normalize()) || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    static PackageUrl plain(PackageUrl purl) {
        return PackageUrl.of(purl.type(), purl.namespace(), purl.name(), purl.version());
    }
}
