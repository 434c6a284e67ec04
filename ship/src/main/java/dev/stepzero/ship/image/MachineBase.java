package dev.stepzero.ship.image;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The libraries of this machine, for when no Debian archive can be reached: only those that the Java runtime needs, and
 * those that the C library loads by itself to resolve names.
 */
final class MachineBase {
    private static final List<String> DIRECTORIES =
            List.of("/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib");

    private static final List<String> LOADED_BY_NAME =
            List.of("libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2");

    private static final List<String> CERTIFICATES =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem");

    private final Map<String, Path> files = new LinkedHashMap<>();

    static MachineBase forRuntime(JavaRuntime runtime) throws IOException {
        var base = new MachineBase();
        var open = new ArrayDeque<>(runtime.needed());
        while (!open.isEmpty()) {
            var name = open.remove();
            if (base.files.keySet().stream().noneMatch(path -> path.endsWith("/" + name))) {
                open.addAll(base.add(library(name)
                        .orElseThrow(() -> UserError.engine(
                                        "the Java runtime needs " + name + ", which this machine does not have")
                                .fix("let images be made of Debian packages"))));
            }
        }
        for (var name : LOADED_BY_NAME) {
            var library = library(name);
            if (library.isPresent()) {
                base.add(library.get());
            }
        }
        var interpreter = ElfFile.read(runtime.directory().resolve("bin/java")).flatMap(ElfFile::interpreter);
        if (interpreter.isPresent()) {
            base.add(Path.of(interpreter.get()));
        }
        return base;
    }

    private List<String> add(Path library) throws IOException {
        files.put(library.toString(), library.toRealPath());
        return ElfFile.read(library.toRealPath()).map(ElfFile::needed).orElse(List.of());
    }

    private static Optional<Path> library(String name) {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Tells bases with different content apart. */
    String key() throws IOException {
        var key = new StringBuilder("machine");
        for (var file : files.entrySet()) {
            key.append('\n').append(file.getKey()).append(JavaModules.digestOf(file.getValue()));
        }
        var certificates = certificates();
        return certificates.isEmpty()
                ? key.toString()
                : key.append(JavaModules.digestOf(certificates.get())).toString();
    }

    void addTo(FileTree tree, Path spool) throws IOException {
        for (var file : files.entrySet()) {
            tree.file(file.getKey().substring(1), file.getValue(), true);
        }
        var release = Path.of("/etc/os-release");
        if (Files.isReadable(release)) {
            tree.text("etc/os-release", Files.readString(release));
        }
        var certificates = certificates();
        if (certificates.isPresent()) {
            var all = new Certificates();
            all.add("machine", new FileTree.Content.OnDisk(certificates.get()));
            all.writeTo(tree, spool);
        }
    }

    private static Optional<Path> certificates() {
        return CERTIFICATES.stream().map(Path::of).filter(Files::isReadable).findFirst();
    }
}
