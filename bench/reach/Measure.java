import com.sun.management.OperatingSystemMXBean;
import dev.stepzero.core.Reach.Answer;
import dev.stepzero.scan.reach.Program;
import dev.stepzero.scan.reach.Program.Question;
import dev.stepzero.scan.reach.Reachability;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;

/** What bench/reach/run measures within one process; ends with 1 if a limit is exceeded. */
final class Measure {
    private static final String OWN = "(core|rules|store|guard|scan|govern|ship|server|watch)-.*-SNAPSHOT[.]jar|cli[.]jar";
    private static final double MOST_SECONDS = 15;
    private static boolean exceeded;

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        var own = new ArrayList<Path>();
        var libraries = new ArrayList<Path>();
        try (var files = Files.list(Path.of(arguments[0]))) {
            files.sorted().forEach(file -> (file.getFileName().toString().matches(OWN) ? own : libraries).add(file));
        }
        var program = new Program(own, libraries, List.of());
        var all = libraries.stream().map(library -> new Question(library, List.of(), List.of())).toList();
        var guava = libraries.stream()
                .filter(each -> each.getFileName().toString().startsWith("guava-"))
                .map(each -> new Question(each, List.of("com.google.common.io.Files.createTempDir"), List.of()))
                .toList();

        var first = time(() -> asked(program, all));
        long classes = unpacked(program);
        System.out.printf(Locale.ROOT, "%d own archives, %d libraries, %,d classes%n", own.size(), libraries.size(), classes);
        row("classes, the first time", first, MOST_SECONDS);
        row("calls, the first time", time(() -> asked(program, guava)), MOST_SECONDS);
        var bound = median(rounds, () -> unpacked(program));
        row("read and unpack all classes, nothing else", bound, Double.NaN);
        var warm = median(rounds, () -> asked(program, all));
        row("classes", warm, MOST_SECONDS);
        ratio(warm, bound);
        var calls = median(rounds, () -> asked(program, guava));
        row("calls", calls, MOST_SECONDS);
        ratio(calls, bound);
        System.exit(exceeded ? 1 : 0);
    }

    private static void asked(Program program, List<Question> questions) throws Exception {
        var answers = new Reachability().answers(program, questions);
        if (answers.values().stream().allMatch(each -> each.answer() == Answer.UNKNOWN)) {
            throw new IllegalStateException("nothing was answered: " + answers.values());
        }
    }

    private static long unpacked(Program program) throws Exception {
        var archives = new ArrayList<>(program.own());
        archives.addAll(program.libraries());
        return archives.parallelStream().mapToLong(Measure::unpacked).sum();
    }

    private static long unpacked(Path archive) {
        long classes = 0;
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
                try (var in = zip.getInputStream(entry)) {
                    in.readAllBytes();
                    classes++;
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return classes;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Wall time, and the time of all processors, which other work on the machine hardly changes. */
    private record Time(double wall, double processor) {}

    private static Time time(Work work) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = system.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        return new Time((System.nanoTime() - begin) / 1e9, (system.getProcessCpuTime() - began) / 1e9);
    }

    /** The round with the median of the processors' times. */
    private static Time median(int rounds, Work work) throws Exception {
        var times = new ArrayList<Time>();
        for (int i = 0; i < rounds; i++) {
            times.add(time(work));
        }
        times.sort(Comparator.comparingDouble(Time::processor));
        return times.get(rounds / 2);
    }

    private static void ratio(Time time, Time bound) {
        System.out.printf(
                Locale.ROOT,
                "%-48s %7.2f x   processor %6.2f x%n",
                "  against reading and unpacking alone",
                time.wall() / bound.wall(),
                time.processor() / bound.processor());
    }

    private static void row(String what, Time time, double limit) {
        boolean over = time.processor() > limit;
        exceeded |= over;
        System.out.printf(Locale.ROOT, "%-48s %7.2f s   processor %6.2f s", what, time.wall(), time.processor());
        System.out.println(
                Double.isNaN(limit)
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "   limit %4.0f s  ratio %.2f%s",
                                limit,
                                time.processor() / limit,
                                over ? "  EXCEEDED" : ""));
    }
}
