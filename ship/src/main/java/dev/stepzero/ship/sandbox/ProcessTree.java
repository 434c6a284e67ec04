package dev.stepzero.ship.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A process with all that came of it. */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");

    private ProcessTree() {}

    /** Kills the process with its descendants, the oldest first: the first one's end ends a whole process namespace. */
    static void kill(Process process) {
        process.descendants().sorted(Comparator.comparing(ProcessHandle::pid)).forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Kills every process whose environment carries the mark, whoever its parent is by now. */
    static void killMarked(String name, String value) {
        var mark = "\0" + name + "=" + value + "\0";
        if (!Files.isDirectory(PROC)) {
            return;
        }
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> environment(process.pid()).contains(mark))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static String environment(long pid) {
        try {
            var bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            return "\0" + new String(bytes, StandardCharsets.ISO_8859_1) + "\0";
        } catch (IOException e) {
            // Gone, or another user's.
            return "";
        }
    }

    /** The memory of the tree in bytes: what each process has for itself and its share of what several have. */
    static long memory(Process process) {
        return process.descendants().mapToLong(ProcessTree::memory).sum() + memory(process.toHandle());
    }

    private static long memory(ProcessHandle process) {
        return kilobytes(process.pid(), "smaps_rollup", "Pss:")
                        .or(() -> kilobytes(process.pid(), "status", "VmRSS:"))
                        .orElse(0L)
                * 1024;
    }

    private static Optional<Long> kilobytes(long pid, String file, String key) {
        List<String> lines;
        try {
            lines = Files.readAllLines(PROC.resolve(Long.toString(pid)).resolve(file));
        } catch (IOException e) {
            return Optional.empty();
        }
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .map(Long::valueOf)
                .findFirst();
    }
}
