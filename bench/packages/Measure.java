import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import dev.stepzero.scan.vulnerabilities.match.Matcher;
import dev.stepzero.scan.vulnerabilities.match.Schemes;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipFile;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What bench/packages/run measures within one process; ends with 1 if a limit is exceeded. */
final class Measure {
    private static final int ROUNDS = 5;
    private static boolean exceeded;

    public static void main(String[] arguments) throws Exception {
        var data = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        var bound = time(() -> bound(data));
        row("unzip and read the JSON tokens, nothing else", bound, Double.NaN);
        var fresh = time(() -> imported(data, home));
        row("import into an empty database", fresh, 60);
        System.out.printf(Locale.ROOT, "%-48s %7.2f x   processor %6.2f x%n", "  against unzipping and reading alone",
                fresh.wall() / bound.wall(), fresh.processor() / bound.processor());
        row("import again, nothing changed", time(() -> imported(data, home)), 60);
        size(data, home);

        var packages = new Inventory.Collector();
        for (var purl : Files.readAllLines(data.resolve("packages.txt"))) {
            packages.add(Component.of(PackageUrl.parse(purl), Scope.RUNTIME, true, Place.of("manifest", 1)));
        }
        var inventory = packages.inventory(Optional.empty());
        row("match %,d packages, cold".formatted(inventory.components().size()), match(home, inventory), Double.NaN);
        var best = match(home, inventory);
        for (int i = 1; i < ROUNDS; i++) {
            var next = match(home, inventory);
            best = next.wall() < best.wall() ? next : best;
        }
        row("the same warm, opening the database included", best, 1);
        System.exit(exceeded ? 1 : 0);
    }

    private static Time match(Path home, Inventory inventory) throws Exception {
        return time(() -> {
            try (var database = Database.open(home).orElseThrow()) {
                var found = new Matcher(database, Schemes.known()).match(inventory).vulnerable().size();
                if (found == 0) {
                    throw new IllegalStateException("nothing was found");
                }
            }
        });
    }

    private static void imported(Path data, Path home) throws Exception {
        new DatabaseImport(home, Clock.systemUTC(), Limits.USUAL)
                .add(List.of(data.toString()), Optional.empty(), Optional.empty());
    }

    private static void bound(Path data) throws Exception {
        var json = JsonFactory.builder().build();
        try (var files = Files.walk(data)) {
            for (var file : files.filter(each -> each.toString().endsWith(".zip")).toList()) {
                try (var zip = new ZipFile(file.toFile())) {
                    for (var entry : zip.stream().toList()) {
                        try (var in = zip.getInputStream(entry);
                                var parser = json.createParser(ObjectReadContext.empty(), in.readAllBytes())) {
                            while (parser.nextToken() != null) {}
                        }
                    }
                }
            }
        }
    }

    private static void size(Path data, Path home) throws Exception {
        long packed = sum(data, ".zip");
        long own = sum(home, ".bin");
        System.out.printf(Locale.ROOT, "%-48s %7.1f MB, the zips have %.1f MB%n", "database on disk", own / 1e6, packed / 1e6);
    }

    private static long sum(Path directory, String ending) throws Exception {
        try (var files = Files.walk(directory)) {
            return files.filter(each -> each.toString().endsWith(ending)).mapToLong(each -> each.toFile().length()).sum();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Wall time, and the time that the thread was given a processor, which other work on the machine does not change. */
    private record Time(double wall, double processor) {}

    private static Time time(Work work) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        work.run();
        return new Time((System.nanoTime() - begin) / 1e9, (threads.getCurrentThreadCpuTime() - began) / 1e9);
    }

    private static void row(String what, Time time, double limit) {
        boolean over = time.wall() > limit;
        exceeded |= over;
        System.out.printf(Locale.ROOT, "%-48s %7.2f s   processor %6.2f s", what, time.wall(), time.processor());
        System.out.println(Double.isNaN(limit)
                ? ""
                : String.format(Locale.ROOT, "   limit %4.0f s  ratio %.2f%s", limit, time.wall() / limit, over ? "  EXCEEDED" : ""));
    }
}
