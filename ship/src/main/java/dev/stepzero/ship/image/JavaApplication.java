package dev.stepzero.ship.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java application as its build left it.
 *
 * @param jar the jar with the {@code Main-Class}; alone if {@code libraries} is empty
 * @param libraries the jars that it needs
 * @param ports where it listens
 * @param environment plain variables
 * @param options further options for the virtual machine
 * @param modules JDK modules that it needs besides those that its code shows
 * @param packages Debian packages that it needs besides the base's, such as {@code libstdc++6}
 * @param jdk the JDK to take the runtime from; empty for the one that runs this program
 */
public record JavaApplication(
        Path jar,
        List<Path> libraries,
        List<Integer> ports,
        Map<String, String> environment,
        List<String> options,
        List<String> modules,
        List<String> packages,
        Optional<Path> jdk) {
    /** Where the application's jar lies in the image. */
    public static final String PLACE = "/app/app.jar";

    /** Below this lie its libraries. */
    public static final String LIBRARIES = "/app/lib/";

    public JavaApplication {
        libraries = List.copyOf(libraries);
        ports = List.copyOf(ports);
        environment = Map.copyOf(environment);
        options = List.copyOf(options);
        modules = List.copyOf(modules);
        packages = List.copyOf(packages);
    }

    /** A jar with its libraries, and nothing out of the ordinary. */
    public static JavaApplication of(Path jar, List<Path> libraries) {
        return new JavaApplication(
                jar, libraries, List.of(), Map.of(), List.of(), List.of(), List.of(), Optional.empty());
    }
}
