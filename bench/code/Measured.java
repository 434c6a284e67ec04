import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Runs another program's main class for bench/code/run, and leaves in a file what that took, however it ends. */
final class Measured {
    /** The file, the class, and its arguments. */
    public static void main(String[] arguments) throws Exception {
        long started = System.nanoTime();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(Path.of(arguments[0]), started)));
        Class.forName(arguments[1])
                .getMethod("main", String[].class)
                .invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
    }

    /** Seconds on the clock, seconds of processor time, and the most megabytes that were ever in memory. */
    private static void write(Path file, long started) {
        try {
            var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
            long peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(file, String.format(Locale.ROOT, "%.2f %.2f %d",
                    (System.nanoTime() - started) / 1e9, system.getProcessCpuTime() / 1e9, peak >> 10));
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
