package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java runtime with no more than the modules that an application needs. It trusts what the image trusts: its key
 * store is a link to that of the base.
 *
 * @param directory where it lies on this machine
 * @param key tells runtimes with different content apart
 */
record JavaRuntime(Path directory, String key) {
    static final String PLACE = "opt/java";

    private static final List<String> OPTIONS = List.of(
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            // Layers are compressed as a whole, which is smaller than modules compressed one by one.
            "--compress=zip-0",
            "--dedup-legal-notices=error-if-not-same-content");

    /** Links a runtime, or takes the one that was linked before for the same JDK and modules. */
    static JavaRuntime link(Jdk jdk, List<String> modules, Path cache) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(OPTIONS);
        arguments.add("--add-modules");
        arguments.add(String.join(",", modules));
        var key = jdk.release() + String.join(" ", arguments);
        var place =
                cache.resolve(Digest.of(key.getBytes(StandardCharsets.UTF_8)).hex());
        if (Files.notExists(place)) {
            try (var work = Workspace.in(cache)) {
                var finished = work.path().resolve("finished");
                arguments.add("--output");
                arguments.add(finished.toString());
                var said = jdk.run("jlink", arguments);
                if (said.status() != 0) {
                    throw UserError.engine("jlink cannot build a Java runtime: " + said.text())
                            .at(jdk.home().toString())
                            .fix("check the names of the modules, and that the JDK is complete and unchanged");
                }
                LayerCache.moveInto(finished, place);
            }
        }
        return new JavaRuntime(place, key);
    }

    void addTo(FileTree tree) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted().toList()) {
                var path = directory.relativize(file).toString();
                if (Files.isSymbolicLink(file)) {
                    tree.link(PLACE + "/" + path, Files.readSymbolicLink(file).toString());
                } else if (Files.isRegularFile(file) && wanted(path)) {
                    tree.file(PLACE + "/" + path, file, path.startsWith("bin/") || isProgram(path));
                }
            }
        }
        tree.link(PLACE + "/lib/security/cacerts", "/" + Certificates.KEY_STORE);
    }

    private static boolean wanted(String path) {
        return !path.startsWith("bin/") || path.equals("bin/java");
    }

    private static boolean isProgram(String path) {
        return path.equals("lib/jspawnhelper") || path.equals("lib/jexec");
    }

    /** The libraries that its own ones need and that are not among them. */
    List<String> needed() throws IOException {
        try (var files = Files.walk(directory)) {
            var all = files.filter(Files::isRegularFile).toList();
            var own = all.stream().map(file -> file.getFileName().toString()).toList();
            var needed = new ArrayList<String>();
            for (var file : all) {
                ElfFile.read(file).ifPresent(elf -> needed.addAll(elf.needed()));
            }
            return needed.stream()
                    .distinct()
                    .filter(name -> !own.contains(name))
                    .sorted()
                    .toList();
        }
    }
}
