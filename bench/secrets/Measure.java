package dev.stepzero.scan.secrets;

import dev.stepzero.core.Home;
import dev.stepzero.core.Subject;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the search for secrets in a tree beside reading the files alone and beside the keywords alone, all with the same
 * threads: wall time, and the process's own, which tells more where others use the machine too.
 */
public final class Measure {
    private Measure() {}

    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        var tree = Path.of(arguments[0]);
        List<Path> files;
        try (var walk = Files.walk(tree)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        long bytes = 0;
        for (var file : files) {
            bytes += Files.size(file);
        }
        System.out.printf(Locale.ROOT, "%d files, %d MB, %d processors%n", files.size(), bytes >> 20, Workers.most());
        var keywords = new SecretKinds(SecretRulebook.builtIn()).keywords();
        var found = new AtomicInteger();
        double read = measure("reading alone", bytes, () -> each(files, (buffer, length) -> {}));
        double words = measure("keywords alone", bytes, () -> each(files, (buffer, length) -> {
            var count = new AtomicLong();
            keywords.find(buffer, 0, length, (word, end) -> count.incrementAndGet() >= 0);
        }));
        double all = measure("search", bytes, () -> {
            var scanner = new SecretScanner(
                    SecretRulebook::builtIn, new Home(Path.of(arguments[1])), SecretOptions.NONE);
            found.set(scanner.scan(new Subject.SourceTree("bench", tree)).findings().size());
        });
        System.out.printf(
                Locale.ROOT,
                "%d findings; process time of the search is %.2f times that of the keywords, %.2f times that of reading%n",
                found.get(),
                all / words,
                all / read);
    }

    private interface Each {
        void file(byte[] buffer, int length);
    }

    private static void each(List<Path> files, Each each) throws InterruptedException {
        var next = new AtomicInteger();
        Workers.run(Workers.most(), () -> {
            var buffer = new byte[4 << 20];
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                try (var in = Files.newInputStream(files.get(i))) {
                    each.file(buffer, in.readNBytes(buffer, 0, buffer.length));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    /** @return the seconds of process time */
    private static double measure(String what, long bytes, Work work) throws Exception {
        long wall = System.nanoTime();
        double before = processSeconds();
        work.run();
        double seconds = (System.nanoTime() - wall) / 1e9;
        double process = processSeconds() - before;
        System.out.printf(
                Locale.ROOT,
                "%-16s %7.2f s  %6.0f MB/s   process %7.2f s, %6.0f MB/s a processor%n",
                what,
                seconds,
                bytes / 1048576.0 / seconds,
                process,
                bytes / 1048576.0 / process);
        return process;
    }

    private static double processSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
