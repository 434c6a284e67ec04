package dev.stepzero.store.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names one process for good: numbers are given again to other processes, a number with its start is not.
 *
 * @param pid the process number
 * @param startTicks when it started, in clock ticks since the host did ({@code proc_pid_stat(5)}, field 22)
 * @param boot the id of the host's run since it was switched on
 */
public record ProcessMark(long pid, long startTicks, String boot) {
    private static final Path PROC = Path.of("/proc");

    /** The mark of a process that runs now; empty when there is none, or only its exit status is left. */
    public static Optional<ProcessMark> of(long pid) {
        return status(pid).filter(Stat::runs).map(stat -> new ProcessMark(pid, stat.startTicks(), currentBoot()));
    }

    /** Reads what {@link #toString()} printed; empty for anything else. */
    static Optional<ProcessMark> parse(String text) {
        var parts = text.strip().split(" ", -1);
        try {
            return parts.length == 3
                    ? Optional.of(new ProcessMark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the very process still runs. */
    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Ends the process at once, if it is still the same. */
    void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Every process of the session that this one leads or led; empty when another process got its number since. */
    Stream<ProcessMark> session() {
        var numberIsOurs = of(pid).map(this::equals).orElse(true);
        return numberIsOurs && boot.equals(currentBoot())
                ? ProcessHandle.allProcesses()
                        .filter(process -> status(process.pid())
                                .filter(stat -> stat.runs() && stat.session() == pid)
                                .isPresent())
                        .flatMap(process -> of(process.pid()).stream())
                : Stream.empty();
    }

    private static Optional<Stat> status(long pid) {
        try {
            return Optional.of(Stat.parse(Files.readString(PROC.resolve(pid + "/stat"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String currentBoot() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public String toString() {
        return pid + " " + startTicks + " " + boot;
    }

    private record Stat(char state, long session, long startTicks) {

        static Stat parse(String line) {
            // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(fields[0].charAt(0), Long.parseLong(fields[3]), Long.parseLong(fields[19]));
        }

        boolean runs() {
            return state != 'Z' && state != 'X';
        }
    }
}
