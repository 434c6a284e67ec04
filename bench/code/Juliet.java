import dev.stepzero.scan.code.java.flow.Analysis;
import dev.stepzero.scan.code.java.flow.Hit;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Counts, for bench/code/juliet, in how many of Juliet's cases the weakness is found, and in how many its safe twin is
 * flagged. A case is a weakness, a way for its data, and classes that share a number; its methods and classes say by
 * their names whether they are bad or good.
 */
final class Juliet {
    private static final double LEAST_FOUND = 90;
    private static final double MOST_FLAGGED = 5;
    private static final Map<Integer, String> RULES = Map.ofEntries(
            Map.entry(78, "java-command-injection"),
            Map.entry(89, "java-sql-injection"),
            Map.entry(90, "java-ldap-injection"),
            Map.entry(643, "java-xpath-injection"),
            Map.entry(23, "java-path-traversal"),
            Map.entry(36, "java-path-traversal"),
            Map.entry(113, "java-header-injection"),
            Map.entry(80, "java-xss"),
            Map.entry(83, "java-xss"),
            Map.entry(327, "java-weak-cipher"),
            Map.entry(328, "java-weak-hash"),
            Map.entry(259, "java-hard-coded-key"),
            Map.entry(321, "java-hard-coded-key"),
            Map.entry(601, "java-open-redirect"),
            Map.entry(614, "java-insecure-cookie"));
    private static final Pattern CASE = Pattern.compile("testcases/CWE(\\d+)_(?:.*/)?(CWE[^$]*?_\\d\\d)[a-z]?(_[^$/]*)?");
    /** What counts as no input on purpose: a rule file can say otherwise. */
    private static final Pattern LOCAL = Pattern.compile("Environment|_File|PropertiesFile|Property|console_readLine|database|fromDB");
    /** The weaknesses that we also look for in what other servers answer; of the rest such input counts as local. */
    private static final Set<Integer> FROM_SERVERS = Set.of(78, 89, 90, 643);

    private enum Input { CLIENT, SERVER, LOCAL, NONE }

    private enum Count { CASES, FOUND, FLAGGED }

    public static void main(String[] arguments) throws Exception {
        long started = System.nanoTime();
        Map<String, boolean[]> flagged = new HashMap<>();
        var classes = Path.of(arguments[0]);
        try (var program = Program.of(List.of(classes))) {
            for (var hit : new Analysis(program, Knowledge.with(List.of())).hits()) {
                var form = CASE.matcher(hit.place().type());
                if (form.find() && hit.rule().equals(RULES.get(Integer.parseInt(form.group(1))))) {
                    flagged.computeIfAbsent(form.group(2), each -> new boolean[2])[isGood(hit, form) ? 1 : 0] = true;
                }
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        var table = new TreeMap<Integer, Map<Input, Map<Count, Integer>>>();
        for (var one : cases(classes).entrySet()) {
            var counts = table.computeIfAbsent(one.getValue(), each -> new EnumMap<>(Input.class))
                    .computeIfAbsent(input(one.getKey(), one.getValue()), each -> new EnumMap<>(Count.class));
            var found = flagged.getOrDefault(one.getKey(), new boolean[2]);
            counts.merge(Count.CASES, 1, Integer::sum);
            counts.merge(Count.FOUND, found[0] ? 1 : 0, Integer::sum);
            counts.merge(Count.FLAGGED, found[1] ? 1 : 0, Integer::sum);
        }
        boolean met = print(table);
        System.out.printf(Locale.ROOT, "%.1f s%n", seconds);
        System.exit(met ? 0 : 1);
    }

    private static boolean isGood(Hit hit, MatchResult form) {
        var part = form.group(3) == null ? "" : form.group(3).toLowerCase(Locale.ROOT);
        var method = hit.place().method().replaceAll("\\(.*", "").toLowerCase(Locale.ROOT);
        if (method.contains("good") || part.contains("good")) {
            return true;
        }
        if (method.contains("bad") || part.contains("_bad")) {
            return false;
        }
        // A class that both use: the way says who came.
        return hit.trail().steps().stream().anyMatch(step -> step.what().contains(".good"));
    }

    /** The cases and their weaknesses. */
    private static Map<String, Integer> cases(Path classes) throws Exception {
        var cases = new TreeMap<String, Integer>();
        try (var files = Files.walk(classes)) {
            files.map(Path::toString).filter(name -> name.endsWith(".class")).forEach(name -> {
                var form = CASE.matcher(name.substring(0, name.length() - ".class".length()));
                if (form.find()) {
                    cases.put(form.group(2), Integer.parseInt(form.group(1)));
                }
            });
        }
        return cases;
    }

    private static Input input(String name, int weakness) {
        if (name.matches(".*_get(Parameter|Cookies|QueryString)_?Servlet.*")) {
            return Input.CLIENT;
        }
        if (name.matches(".*(connect_tcp|listen_tcp|URLConnection).*")) {
            return FROM_SERVERS.contains(weakness) ? Input.SERVER : Input.LOCAL;
        }
        return LOCAL.matcher(name).find() ? Input.LOCAL : Input.NONE;
    }

    private static boolean print(Map<Integer, Map<Input, Map<Count, Integer>>> table) {
        var total = new EnumMap<Input, Map<Count, Integer>>(Input.class);
        System.out.printf("%-10s %-24s %-8s %6s %6s %8s%n", "weakness", "rule", "input", "cases", "found", "flagged");
        table.forEach((weakness, rows) -> rows.forEach((input, row) -> {
            System.out.printf("CWE-%-6d %-24s %-8s %6d %6d %8d%n", weakness, RULES.get(weakness),
                    input.name().toLowerCase(Locale.ROOT), row.get(Count.CASES), row.get(Count.FOUND), row.get(Count.FLAGGED));
            row.forEach((count, number) ->
                    total.computeIfAbsent(input, each -> new EnumMap<>(Count.class)).merge(count, number, Integer::sum));
        }));
        boolean met = true;
        for (var row : total.entrySet()) {
            double cases = row.getValue().get(Count.CASES) / 100.0;
            double found = row.getValue().get(Count.FOUND) / cases;
            double flagged = row.getValue().get(Count.FLAGGED) / cases;
            System.out.printf(Locale.ROOT, "%-10s %-24s %-8s %6.0f %5.1f%% %7.1f%%%n", "all", "",
                    row.getKey().name().toLowerCase(Locale.ROOT), cases * 100, found, flagged);
            met &= row.getKey() != Input.CLIENT || found >= LEAST_FOUND && flagged <= MOST_FLAGGED;
        }
        return met;
    }
}
