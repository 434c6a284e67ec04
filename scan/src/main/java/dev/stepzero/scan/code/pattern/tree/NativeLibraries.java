package dev.stepzero.scan.code.pattern.tree;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Native libraries out of jars. They are written to a directory that only this user can read, and only until they are loaded. */
@SuppressWarnings("restricted")
final class NativeLibraries {
    private final String platform;
    private final String ending;

    NativeLibraries() {
        this(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /** For a system and processor as Java names them. @throws UserError if there are no libraries for them */
    NativeLibraries(String system, String processor) {
        var arch = switch (processor.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> processor;
        };
        var name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            platform = arch + "-macos";
            ending = "dylib";
        } else if (name.startsWith("windows")) {
            platform = arch + "-windows";
            ending = "dll";
        } else {
            platform = arch + "-linux-gnu";
            ending = "so";
        }
    }

    /** Loads one; it stays for as long as somebody uses it. @throws UserError if there is none, or the system refuses it */
    SymbolLookup load(String name) {
        var resource = "lib/%s-%s.%s".formatted(platform, name, ending);
        try (var in = NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw UserError.engine("there is no parser for this system: " + resource)
                        .fix("leave this out with --only, or run it on Linux, macOS or Windows on x86_64 or aarch64");
            }
            // Created so that only the user can enter it.
            var directory = Files.createTempDirectory("stepzero-parser");
            var file = directory.resolve(name + "." + ending);
            try {
                Files.copy(in, file);
                return SymbolLookup.libraryLookup(file, Arena.ofAuto());
            } finally {
                remove(file);
                remove(directory);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.engine("the parser cannot be loaded: " + e.getMessage())
                    .fix("see that the temporary directory (java.io.tmpdir) may hold programs")
                    .because(e);
        }
    }

    /** Windows keeps what is loaded until the end. */
    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException _) {
            path.toFile().deleteOnExit();
        }
    }
}
