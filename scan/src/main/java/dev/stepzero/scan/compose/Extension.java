package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Follows {@code extends} to other services, of the same file or of another one in the tree. */
final class Extension {
    private static final int LONGEST_CHAIN = 16;

    private final TreeFiles files;
    private final Interpolation filling;
    private final Intake intake;
    private final Map<String, Optional<ComposeFile>> read = new HashMap<>();

    Extension(TreeFiles files, Interpolation filling, Intake intake) {
        this.files = files;
        this.filling = filling;
        this.intake = intake;
    }

    /** The service with everything that it extends under it. */
    Located resolve(Located service, ComposeFile file, int length) {
        var extended = Look.mapping(service.value()).entry("extends");
        if (extended.isEmpty()) {
            return service;
        }
        var own = without(service);
        if (length >= LONGEST_CHAIN) {
            intake.problem("the service extends itself, or a chain of more than " + LONGEST_CHAIN, service.position());
            return own;
        }
        var target = extended.get().value();
        var name = Look.text(target)
                .or(() -> Look.text(Look.mapping(target), "service"))
                .orElse("");
        var other = Look.text(Look.mapping(target), "file")
                .map(path -> file(path, file))
                .orElse(Optional.of(file));
        var below = other.map(ComposeFile::services).flatMap(services -> services.entry(name));
        if (other.isEmpty() || below.isEmpty()) {
            intake.problem(
                    "the service extends " + name + ", which is not in the tree",
                    extended.get().position());
            return own;
        }
        var base = resolve(below.get(), other.get(), length + 1);
        return Overlay.of(Service.normal(base), Service.normal(own));
    }

    private static Located without(Located service) {
        var entries = new LinkedHashMap<>(Look.mapping(service.value()).entries());
        entries.remove("extends");
        return new Located(new Value.Mapping(entries), service.position());
    }

    private Optional<ComposeFile> file(String path, ComposeFile from) {
        var relative = path.startsWith("./") ? path.substring(2) : path;
        var directory = from.file().directory();
        while (relative.startsWith("../") && !directory.isEmpty()) {
            relative = relative.substring(3);
            directory = directory.contains("/") ? directory.substring(0, directory.lastIndexOf('/')) : "";
        }
        var full = directory.isEmpty() ? relative : directory + "/" + relative;
        return read.computeIfAbsent(
                full,
                at -> files.at(at).flatMap(file -> ComposeFile.of(file, intake)).map(file -> file.filled(filling)));
    }
}
