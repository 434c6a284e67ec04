import dev.stepzero.core.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor time that a server, its embedded PostgreSQL and we ourselves took, as {@code /proc} tells it. */
final class ProcessorTime {
    /** Linux tells processor time in hundredths of a second, whatever the kernel's own clock does. */
    private static final double TICK_SECONDS = 0.01;

    private final long server;
    private final long postmaster;

    private ProcessorTime(long server, long postmaster) {
        this.server = server;
        this.postmaster = postmaster;
    }

    static ProcessorTime of(long server, Home home) throws IOException {
        try (var pidFiles = Files.find(home.root().resolve("postgres"), 4,
                (path, attributes) -> path.endsWith("postmaster.pid"))) {
            var file = pidFiles.findFirst().orElseThrow();
            return new ProcessorTime(server, Long.parseLong(Files.readAllLines(file).getFirst().strip()));
        }
    }

    /** Seconds since each began. */
    record Spent(double server, double postgres, double sender) {
        Spent since(Spent before) {
            return new Spent(server - before.server, postgres - before.postgres, sender - before.sender);
        }

        String shared(long deliveries) {
            return "server %.3f ms, PostgreSQL %.3f ms, sender %.3f ms"
                    .formatted(server * 1e3 / deliveries, postgres * 1e3 / deliveries, sender * 1e3 / deliveries);
        }
    }

    Spent now() throws IOException {
        return new Spent(own(stat(server)), postgres(), own(stat(ProcessHandle.current().pid())));
    }

    /** Those of its processes that have ended count at the postmaster. */
    private double postgres() throws IOException {
        var all = stat(postmaster);
        var seconds = own(all) + (ticks(all, 15) + ticks(all, 16)) * TICK_SECONDS;
        for (var child : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
            try {
                seconds += own(stat(child.pid()));
            } catch (IOException e) {
                // It has ended since.
            }
        }
        return seconds;
    }

    private static double own(List<String> stat) {
        return (ticks(stat, 13) + ticks(stat, 14)) * TICK_SECONDS;
    }

    private static long ticks(List<String> stat, int field) {
        return Long.parseLong(stat.get(field));
    }

    /** The fields of proc_pid_stat(5), the first at 0; the second, a name with spaces and brackets, is left empty. */
    private static List<String> stat(long pid) throws IOException {
        var line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return List.of((pid + " - " + line.substring(line.lastIndexOf(')') + 2)).strip().split(" "));
    }
}
