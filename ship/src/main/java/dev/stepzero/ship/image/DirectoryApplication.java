package dev.stepzero.ship.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An application that is a directory: scripts with an interpreter from Debian, or a program that needs none.
 *
 * @param directory becomes {@code /app}
 * @param packages the Debian packages that it needs, such as {@code nodejs}; dependencies come by themselves
 * @param entrypoint the command, such as {@code [/usr/bin/node, /app/server.js]}
 * @param ports where it listens
 * @param environment plain variables
 */
public record DirectoryApplication(
        Path directory,
        List<String> packages,
        List<String> entrypoint,
        List<Integer> ports,
        Map<String, String> environment) {
    public DirectoryApplication {
        packages = List.copyOf(packages);
        entrypoint = List.copyOf(entrypoint);
        ports = List.copyOf(ports);
        environment = Map.copyOf(environment);
    }
}
