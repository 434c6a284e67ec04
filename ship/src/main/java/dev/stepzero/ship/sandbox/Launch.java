package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a command behind as much isolation as there is.
 *
 * @param isolation what the machine allows
 * @param invoker who starts it
 * @param path where programs are looked for
 * @param hidden directories that the command may not see
 */
record Launch(Isolation isolation, Invoker invoker, String path, List<Path> hidden) {
    private static final Path TEMPORARY = Path.of("/tmp");
    private static final long MEGABYTE = 1024L * 1024;

    Launch {
        hidden = List.copyOf(hidden);
    }

    /** Whom the command runs as, seen from outside. */
    int user() {
        return invoker.root() && isolation.setpriv() ? Isolation.user() : invoker.user();
    }

    Process start(SandboxCommand command, Box box) throws IOException, InterruptedException {
        var mounts = new ArrayList<String>();
        var paths = paths(command, box, mounts);
        var workspace = paths.place(SandboxCommand.WORKSPACE);
        boolean alone = command.network() == SandboxCommand.Network.NONE;

        var entrance = entrance(alone);
        if (isolation.namespaces().isEmpty()) {
            requireReachable(workspace);
        }

        var words = new ArrayList<>(List.of("setsid"));
        words.addAll(entrance);
        words.addAll(List.of("sh", "-c", script(), "sandbox", alone && !entrance.isEmpty() ? "none" : "host"));
        words.addAll(mounts);
        words.addAll(List.of("--", workspace.toString()));
        words.addAll(limits(command.limits()));
        words.addAll(isolation.dropping(invoker, !entrance.isEmpty()));
        command.argv().forEach(word -> words.add(paths.translate(word)));

        var process = new ProcessBuilder(words).redirectErrorStream(true);
        process.environment().clear();
        process.environment().putAll(environment(command, box, paths));
        var started = process.start();
        started.getOutputStream().close();
        return started;
    }

    /** The words that lead into namespaces; none where there is no need or no way. */
    private List<String> entrance(boolean alone) {
        if (isolation.namespaces().isEmpty()) {
            return alone ? isolation.loneNetwork() : List.of();
        }
        var words = new ArrayList<>(isolation.namespaces());
        if (alone) {
            words.add("--net");
        }
        return words;
    }

    /** Where the command's paths really are; with namespaces in the box, and then with the mounts that put them there. */
    private SeenPaths paths(SandboxCommand command, Box box, List<String> mounts) throws IOException {
        var places = new LinkedHashMap<String, Path>();
        if (isolation.namespaces().isEmpty()) {
            command.mounts().forEach(mount -> places.put(mount.path(), mount.source()));
            places.put(SandboxCommand.WORKSPACE, command.workspace());
            return new SeenPaths(places);
        }
        var all = new ArrayList<>(command.mounts());
        all.add(new SandboxCommand.Mount(command.workspace(), SandboxCommand.WORKSPACE, false));
        for (var mount : all) {
            var place = box.place("mount-" + places.size(), mount.source());
            places.put(mount.path(), place);
            mounts.addAll(List.of(mount.readOnly() ? "ro" : "rw", mount.source().toString(), place.toString()));
        }
        if (!command.secrets().isEmpty()) {
            var place = box.place("secrets", box.directory());
            places.put(SandboxCommand.SECRETS, place);
            mounts.addAll(List.of("memory", "-", place.toString()));
        }
        if (!box.directory().startsWith(TEMPORARY)) {
            mounts.addAll(List.of("rw", box.temporary().toString(), TEMPORARY.toString()));
        }
        for (var directory : hidden) {
            if (Files.isDirectory(directory) && !box.directory().startsWith(directory)) {
                mounts.addAll(List.of("hide", directory.toString(), "-"));
            }
        }
        return new SeenPaths(places);
    }

    private List<String> limits(SandboxCommand.Limits limits) {
        if (!isolation.prlimit()) {
            return List.of();
        }
        // One process alone may reserve more than all together may use, as Java does; the watch looks at the use.
        long data = 2L * limits.memoryMegabytes() * MEGABYTE + 2048 * MEGABYTE;
        return List.of(
                "prlimit",
                "--core=0",
                "--data=" + data,
                "--nproc=" + (ProcessTree.tasks(user()) + limits.processes()),
                "--");
    }

    private Map<String, String> environment(SandboxCommand command, Box box, SeenPaths paths) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", path);
        environment.put("HOME", box.home().toString());
        environment.put("TMPDIR", box.temporary().toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("TZ", "UTC");
        command.environment().forEach((name, value) -> environment.put(name, paths.translate(value)));
        int equals = box.mark().indexOf('=');
        environment.put(box.mark().substring(0, equals), box.mark().substring(equals + 1));
        return environment;
    }

    /** Without mounts the command goes to the workspace itself, and another user cannot pass through private directories. */
    private void requireReachable(Path workspace) throws InterruptedException {
        if (user() == invoker.user()) {
            return;
        }
        var test = new ArrayList<>(isolation.dropping(invoker, false));
        test.addAll(List.of("test", "-w", workspace.toString()));
        if (!Isolation.works(path, test)) {
            throw UserError.engine("the user " + user() + ", under whom commands run, cannot reach the workspace")
                    .at(workspace.toString())
                    .fix("let others pass through the directories above it, or install Podman or Docker");
        }
    }

    private static String script() throws IOException {
        try (InputStream script = Launch.class.getResourceAsStream("enter.sh")) {
            if (script == null) {
                throw new IllegalStateException("enter.sh is missing beside " + Launch.class);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
