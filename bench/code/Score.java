import dev.stepzero.core.Subject;
import dev.stepzero.scan.code.java.JavaCodeScanner;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts, for bench/code/run, what a scanner finds of the OWASP Benchmark's cases; ends with 1 if a limit is missed. */
final class Score {
    private static final double LEAST_SCORE = 80;
    private static final double MOST_ALARMS = 10;
    private static final double MOST_SECONDS = 90;
    private static final long MOST_MEGABYTES = 1_500;
    private static final Pattern CASE = Pattern.compile("BenchmarkTest(\\d{5})");
    private static final Pattern BUG = Pattern.compile("<BugInstance [^>]*type=\"([A-Z0-9_]+)\"[^>]*>(?s:.*?)</BugInstance>");
    /** Which types of SpotBugs and FindSecBugs speak of which category: whatever begins so. */
    private static final Map<String, List<String>> THEIRS = Map.ofEntries(
            Map.entry("cmdi", List.of("COMMAND_INJECTION")),
            Map.entry("crypto", List.of("DES_USAGE", "TDES_USAGE", "CIPHER_", "ECB_", "PADDING_ORACLE", "STATIC_IV")),
            Map.entry("hash", List.of("WEAK_MESSAGE_DIGEST")),
            Map.entry("ldapi", List.of("LDAP_INJECTION")),
            Map.entry("pathtraver", List.of("PATH_TRAVERSAL", "PT_")),
            Map.entry("securecookie", List.of("INSECURE_COOKIE")),
            Map.entry("sqli", List.of("SQL_")),
            Map.entry("trustbound", List.of("TRUST_BOUNDARY")),
            Map.entry("weakrand", List.of("PREDICTABLE_RANDOM", "DMI_RANDOM")),
            Map.entry("xpathi", List.of("XPATH_INJECTION")),
            Map.entry("xss", List.of("XSS_")));

    private record Expected(String name, String category, boolean real, int cwe) {}

    /** What a run took: seconds on the clock, seconds of processor time, and the most megabytes in memory. */
    private record Cost(double seconds, double processor, long megabytes) {
        static Cost read(Path file) throws Exception {
            var parts = Files.readString(file).split(" ");
            return new Cost(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]));
        }

        static Cost since(long started) throws Exception {
            var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
            long peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
            return new Cost((System.nanoTime() - started) / 1e9, system.getProcessCpuTime() / 1e9, peak >> 10);
        }

        void print(String name) {
            System.out.printf(Locale.ROOT, "%s took %.1f s (%.1f s of processor time) and %d MB%n", name, seconds,
                    processor, megabytes);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var expected = expected(Path.of(arguments[2]), arguments[3]);
        if (arguments[0].equals("ours")) {
            ours(Path.of(arguments[1]), expected, Path.of(arguments[4]));
        } else {
            var found = theirs(Files.readString(Path.of(arguments[1])));
            print("FindSecBugs", expected, one -> THEIRS.getOrDefault(one.category(), List.of()).stream()
                    .anyMatch(type -> found.getOrDefault(one.name(), Set.of()).stream().anyMatch(each -> each.startsWith(type))));
            var theirs = Cost.read(Path.of(arguments[4]));
            var own = Cost.read(Path.of(arguments[5]));
            theirs.print("FindSecBugs");
            own.print("Stepzero");
            System.out.printf(Locale.ROOT, "Stepzero is %.1f times as fast and takes %.1f times less memory%n",
                    theirs.seconds() / own.seconds(), 1.0 * theirs.megabytes() / own.megabytes());
        }
    }

    private static void ours(Path tree, List<Expected> expected, Path costs) throws Exception {
        long started = System.nanoTime();
        var report = new JavaCodeScanner().scan(new Subject.SourceTree("benchmark", tree));
        var cost = Cost.since(started);
        var found = new HashMap<String, Set<Integer>>();
        for (var finding : report.findings()) {
            var number = CASE.matcher(finding.location().resource());
            if (number.find()) {
                found.computeIfAbsent(number.group(), each -> new HashSet<>()).addAll(finding.cwe());
            }
        }
        var result = print("Stepzero", expected, one -> found.getOrDefault(one.name(), Set.of()).contains(one.cwe()));
        cost.print("Stepzero");
        System.out.printf("%d parts left out%n", report.coverage().skipped().size());
        Files.writeString(costs, String.format(Locale.ROOT, "%.2f %.2f %d", cost.seconds(), cost.processor(), cost.megabytes()));
        if (result[0] - result[1] < LEAST_SCORE || result[1] > MOST_ALARMS || cost.seconds() > MOST_SECONDS
                || cost.megabytes() > MOST_MEGABYTES) {
            System.exit(1);
        }
    }

    private static List<Expected> expected(Path file, String half) throws Exception {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("BenchmarkTest"))
                .map(line -> line.split(","))
                .map(parts -> new Expected(parts[0], parts[1], parts[2].equals("true"), Integer.parseInt(parts[3])))
                .filter(one -> half.equals("all")
                        || half.equals("even") == (one.name().charAt(one.name().length() - 1) % 2 == 0))
                .toList();
    }

    private static Map<String, Set<String>> theirs(String xml) {
        return BUG.matcher(xml).results().flatMap(bug -> CASE.matcher(bug.group()).results()
                        .map(name -> Map.entry(name.group(), bug.group(1))))
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    private static double[] print(String name, List<Expected> expected, java.util.function.Predicate<Expected> found) {
        var counts = new TreeMap<String, int[]>();
        for (var one : expected) {
            int place = (one.real() ? 0 : 2) + (found.test(one) ? 0 : 1);
            counts.computeIfAbsent(one.category(), each -> new int[4])[place]++;
        }
        System.out.printf("%-14s %5s %5s %5s %5s %8s %8s %8s%n", name, "TP", "FN", "FP", "TN", "TPR", "FPR", "score");
        double[] sum = new double[2];
        counts.forEach((category, count) -> {
            double rate = 100.0 * count[0] / (count[0] + count[1]);
            double alarms = 100.0 * count[2] / (count[2] + count[3]);
            sum[0] += rate / counts.size();
            sum[1] += alarms / counts.size();
            System.out.printf(Locale.ROOT, "%-14s %5d %5d %5d %5d %7.1f%% %7.1f%% %+8.1f%n", category, count[0], count[1],
                    count[2], count[3], rate, alarms, rate - alarms);
        });
        System.out.printf(Locale.ROOT, "%-14s %31.1f%% %7.1f%% %+8.1f%n", "average", sum[0], sum[1], sum[0] - sum[1]);
        return sum;
    }
}
