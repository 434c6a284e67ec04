package dev.stepzero.store.process;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The directories that a user may not enter on the way to paths that it needs, each with these paths. */
final class ClosedDoors {
    private final TreeMap<Path, TreeSet<Path>> pathsBehind = new TreeMap<>();
    private final int uid;

    private ClosedDoors(int uid) {
        this.uid = uid;
    }

    static ClosedDoors before(int uid, Collection<Path> uses) {
        var doors = new ClosedDoors(uid);
        try {
            for (var path : uses) {
                var real = path.toRealPath();
                for (var above = real.getRoot(); !above.equals(real); above = child(above, real)) {
                    if (closedTo(uid, above)) {
                        doors.pathsBehind
                                .computeIfAbsent(above, key -> new TreeSet<>())
                                .add(real);
                        break;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return doors;
    }

    private static Path child(Path above, Path path) {
        return above.resolve(path.getName(above.getNameCount()));
    }

    /** Whether the user may not search the directory. */
    static boolean closedTo(int uid, Path directory) throws IOException {
        var mode = (int) Files.getAttribute(directory, "unix:mode");
        var searchable = Files.getAttribute(directory, "unix:uid").equals(uid)
                ? mode & 0100
                : Files.getAttribute(directory, "unix:gid").equals(Unprivileged.PASSERS_BY) ? mode & 0010 : mode & 0001;
        return searchable == 0;
    }

    /** What to put before a command so that the paths are there for it under their own names. */
    List<String> entrance() throws InterruptedException {
        if (pathsBehind.isEmpty()) {
            return List.of();
        }
        var namespace = List.of("unshare", "--mount", "--propagation", "private", "--", "sh", "-c");
        var trial = new ArrayList<>(namespace);
        trial.add(cover(pathsBehind.firstKey()));
        var result = Command.run(trial);
        if (!result.succeeded()) {
            throw UserError.engine("user " + uid + ", who stands in for root, may not enter " + pathsBehind.firstKey()
                            + ", and no mount namespace can be made: " + result.output())
                    .at(pathsBehind.firstEntry().getValue().first().toString())
                    .fix("choose a place that every user may pass through, such as STEPZERO_HOME=/var/lib/stepzero");
        }
        var entrance = new ArrayList<>(namespace);
        entrance.add(script());
        entrance.add("sh");
        return entrance;
    }

    /** Covers each closed directory by an empty one and binds what is needed into it from the covered one. */
    private String script() {
        var script = new StringBuilder("set -e\n");
        pathsBehind.forEach((door, paths) -> {
            script.append("exec 3<").append(Command.quote(door)).append('\n');
            script.append(cover(door)).append('\n');
            for (var path : paths) {
                // The covered directory is reached through our open descriptor, whose name must not be resolved: -c.
                var source = Command.quote("/proc/self/fd/3/" + door.relativize(path));
                script.append(standIn(path));
                script.append("mount -c --bind ")
                        .append(source)
                        .append(' ')
                        .append(Command.quote(path))
                        .append('\n');
            }
            script.append("exec 3<&-\n");
        });
        return script.append("exec \"$@\"\n").toString();
    }

    private static String cover(Path door) {
        return "mount -t tmpfs -o mode=755,size=1m,nosuid,nodev none " + Command.quote(door);
    }

    /** Something of the same kind for a path to be bound over. */
    private static String standIn(Path path) {
        if (Files.isDirectory(path)) {
            return "mkdir -p " + Command.quote(path) + "\n";
        }
        var parent = Command.quote(path.resolveSibling(""));
        return "[ -d " + parent + " ] || mkdir -p " + parent + "\n[ -e " + Command.quote(path) + " ] || : >"
                + Command.quote(path) + "\n";
    }
}
