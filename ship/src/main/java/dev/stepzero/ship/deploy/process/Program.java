package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.EnvironmentSpec.Application;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an image runs, translated for this host.
 *
 * @param command the program with its arguments
 * @param environment all its variables
 * @param uses the files and directories that it needs
 */
record Program(List<String> command, Map<String, String> environment, TreeSet<Path> uses) {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin";

    /**
     * The image's program.
     *
     * @param rootfs the unpacked image
     * @param arguments what the program is called with instead of the image's own arguments; empty for those
     * @param own a directory of this one process's, which it may write to
     * @param application what was declared
     */
    static Program of(Rootfs rootfs, List<String> arguments, Path own, Application application) {
        var mapping = new PathMapping(rootfs.directory(), own);
        var words = new ArrayList<>(rootfs.config().entrypoint());
        words.addAll(arguments.isEmpty() ? rootfs.config().command() : arguments);
        if (words.isEmpty()) {
            throw UserError.blocked("the image says neither entrypoint nor command")
                    .fix("give the image an entrypoint");
        }
        var environment = new TreeMap<String, String>();
        for (var assignment : rootfs.config().environment()) {
            var middle = assignment.indexOf('=');
            if (middle > 0) {
                environment.put(assignment.substring(0, middle), mapping.map(assignment.substring(middle + 1)));
            }
        }
        application.environment().forEach((name, value) -> environment.put(name, mapping.map(value)));
        environment.keySet().removeIf(name -> !VARIABLE.matcher(name).matches());
        environment.merge("PATH", SYSTEM_PATH, (images, hosts) -> images + ":" + hosts);
        environment.put("HOME", own.toString());
        environment.put("TMPDIR", own.toString());
        // A JVM, which has no container to measure here, takes its share of this much.
        var memory = "-XX:MaxRAM=" + application.memoryMegabytes() + "m";
        environment.merge("JDK_JAVA_OPTIONS", memory, (images, ours) -> ours + " " + images);
        var uses = new TreeSet<>(List.of(rootfs.directory(), own));
        return new Program(mapping.map(words), environment, uses);
    }

    void set(String name, String value) {
        environment.put(name, value);
    }

    /** Tells where a secret is. */
    void giveSecret(String name, Path file) {
        give(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_FILE", file);
    }

    /** Names a file to the program and lets it be seen. */
    void give(String name, Path file) {
        environment.put(name, file.toString());
        uses.add(file);
    }

    /** Tells the program where to listen, under the common name and under the application's own. */
    void listenOn(int port, String portVariable) {
        set("PORT", Integer.toString(port));
        set("ADDRESS", "127.0.0.1");
        if (!portVariable.isEmpty()) {
            set(portVariable, Integer.toString(port));
        }
        if (portVariable.endsWith("_PORT")) {
            set(portVariable.replaceFirst("_PORT$", "_ADDRESS"), "127.0.0.1");
        }
    }
}
