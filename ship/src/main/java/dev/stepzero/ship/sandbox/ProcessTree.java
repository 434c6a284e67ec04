package dev.stepzero.ship.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a command started: its descendants, its session, and processes that left both but still carry the
 * sandbox's mark in their environment.
 *
 * @param leader the first process, which leads a session of its own
 * @param mark a variable with a value that is unique to the sandbox, {@code NAME=value}
 */
record ProcessTree(ProcessHandle leader, String mark) {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^Rss(?:Anon|Shmem):\\s+(\\d+) kB$");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)$");
    private static final int ROUNDS = 200;

    /** Kills until nothing is left; false when something does not die, which only an unkillable process does. */
    boolean kill() throws InterruptedException {
        // The whole group at once, so that a bomb has no time to fork between one victim and the next.
        signalGroup();
        leader.destroyForcibly();
        for (int round = 0; round < ROUNDS; round++) {
            var left = members();
            if (left.isEmpty()) {
                return true;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            for (var process : left) {
                try {
                    process.onExit().get(50, TimeUnit.MILLISECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    // The next round looks again.
                }
            }
        }
        return false;
    }

    /** The memory that the processes have for themselves, in bytes. */
    long memory() {
        return Stream.concat(Stream.of(leader), leader.descendants())
                .mapToLong(process -> number(RESIDENT, read(process.pid(), "status")) * 1024)
                .sum();
    }

    /** How many tasks of a user the machine has now: the kernel counts them all against the limit of processes. */
    static long tasks(int user) {
        return ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> belongs(pid, user))
                .map(pid -> number(THREADS, read(pid, "status")))
                .sum();
    }

    private static boolean belongs(long pid, int user) {
        try {
            return Owner.of(PROC.resolve(Long.toString(pid))).user() == user;
        } catch (IOException e) {
            return false;
        }
    }

    private List<ProcessHandle> members() {
        var descendants = leader.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
        return ProcessHandle.allProcesses()
                .filter(process ->
                        descendants.contains(process.pid()) || process.equals(leader) || marked(process.pid()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> !zombie(process.pid()))
                .toList();
    }

    private boolean marked(long pid) {
        return Pattern.compile("\0", Pattern.LITERAL)
                .splitAsStream(read(pid, "environ"))
                .anyMatch(mark::equals);
    }

    /** A dead process that its parent has not asked about yet; nothing is left of it to kill. */
    private static boolean zombie(long pid) {
        var stat = read(pid, "stat");
        return stat.startsWith(") Z", stat.lastIndexOf(')'));
    }

    private static long number(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private void signalGroup() throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-KILL", "--", "-" + leader.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // Without the program the processes are killed one by one.
        }
    }
}
