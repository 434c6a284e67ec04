import dev.stepzero.core.Subject;
import dev.stepzero.scan.code.pattern.PatternScanner;
import dev.stepzero.scan.code.pattern.language.Languages;
import dev.stepzero.scan.code.pattern.tree.Parser;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;

/** Measures, for bench/code/patterns, judging beside parsing alone; ends with 1 if judging takes more than its share. */
final class Patterns {
    private static final double MOST_TIMES = 3;
    private static final int ROUNDS = 3;

    public static void main(String[] arguments) throws Exception {
        var root = Path.of(arguments[0]);
        var texts = new LinkedHashMap<String, String>();
        long bytes = 0;
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = root.relativize(file).toString();
                if (Languages.of(path).isPresent() && Files.size(file) <= Parser.MOST_BYTES && !path.contains("node_modules")) {
                    texts.put(path, new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8));
                    bytes += Files.size(file);
                }
            }
        }
        double parsing = Double.MAX_VALUE;
        double judging = Double.MAX_VALUE;
        int findings = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double start = seconds();
            var parser = new Parser(Duration.ofSeconds(60));
            for (var each : texts.entrySet()) {
                var language = Languages.of(each.getKey()).orElseThrow();
                parser.parse(each.getValue(), Languages.grammar(language, each.getKey()));
            }
            parsing = Math.min(parsing, seconds() - start);
            start = seconds();
            findings = new PatternScanner().scan(new Subject.SourceTree("bench", root)).findings().size();
            judging = Math.min(judging, seconds() - start);
        }
        System.out.printf(
                Locale.ROOT,
                "%d files, %.1f MB, %d findings%nparsing %.2f s, %.2f MB/s%njudging %.2f s, %.2f MB/s, %.2f times as long%n",
                texts.size(), bytes / 1e6, findings, parsing, bytes / 1e6 / parsing, judging, bytes / 1e6 / judging,
                judging / parsing);
        System.exit(judging > MOST_TIMES * parsing ? 1 : 0);
    }

    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
