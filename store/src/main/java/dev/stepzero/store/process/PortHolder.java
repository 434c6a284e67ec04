package dev.stepzero.store.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Tells who listens on a port of this host, as far as {@code /proc} shows it to us. */
public final class PortHolder {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    private PortHolder() {}

    /** The listener's name and process number, such as {@code nginx (process 812)}. */
    public static Optional<String> of(int port) {
        var sockets = new HashSet<String>();
        collect(PROC.resolve("net/tcp"), port, sockets);
        collect(PROC.resolve("net/tcp6"), port, sockets);
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst()
                .map(process -> name(process.pid()) + " (process " + process.pid() + ")");
    }

    private static void collect(Path table, int port, Set<String> sockets) {
        try (var lines = Files.lines(table)) {
            lines.skip(1)
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
                    .filter(fields -> Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16) == port)
                    .forEach(fields -> sockets.add("socket:[" + fields[9] + "]"));
        } catch (IOException e) {
            // A host without IPv6 has no second table.
        }
    }

    private static boolean holds(long pid, Set<String> sockets) {
        if (sockets.isEmpty()) {
            return false;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (var descriptor : descriptors) {
                if (sockets.contains(target(descriptor))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/comm")).strip();
        } catch (IOException e) {
            return "a program";
        }
    }
}
