package dev.stepzero.scan.iac;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bench for who writes rules: {@code RuleLab examples CATALOG} tries every rule on its own examples,
 * {@code RuleLab corpus CATALOG CASES.jsonl [provider|ID]} measures a catalog on other people's cases.
 */
final class RuleLab {
    private static final Map<String, String> FILES = Map.of(
            "terraform", "main.tf",
            "cloudformation", "template.yaml",
            "kubernetes", "manifest.yaml",
            "dockerfile", "Dockerfile");

    private RuleLab() {}

    public static void main(String[] arguments) throws Exception {
        var sources = readAll(Path.of(arguments[1]));
        if (arguments[0].equals("examples")) {
            examples(sources);
        } else {
            var measure = measure(sources, Path.of(arguments[2]), arguments.length > 3 ? arguments[3] : "");
            measure.lines().forEach(System.out::println);
            System.out.println(measure.summary());
        }
    }

    private static List<RuleFile.Source> readAll(Path catalog) throws IOException {
        var reader = new RuleFile();
        var sources = new ArrayList<RuleFile.Source>();
        try (var files = Files.walk(catalog)) {
            for (var file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                try {
                    sources.add(reader.read(file.toString(), Files.readString(file)));
                } catch (UserError e) {
                    System.out.println("BROKEN " + e.where().orElse("") + ": " + e.what());
                }
            }
        }
        return sources;
    }

    private static void examples(List<RuleFile.Source> sources) throws InterruptedException {
        int wrong = 0;
        for (var source : sources) {
            for (var failure : RuleExamples.failures(source)) {
                System.out.println(source.rule().id() + ": " + failure);
                wrong++;
            }
        }
        System.out.println(sources.size() + " rules, " + wrong + " wrong examples");
    }

    /** How a catalog does on a corpus: missed bad examples, flagged good ones, checks that no rule claims. */
    record Measure(List<String> lines, Map<String, int[]> counts, Set<String> checks, Set<String> unclaimed) {
        private static final int FOUND = 0;
        private static final int BAD = 1;
        private static final int FLAGGED = 2;
        private static final int GOOD = 3;

        String summary() {
            var text = new StringBuilder();
            counts.forEach((name, n) -> text.append("%-28s bad found %d/%d, good flagged %d/%d%n"
                    .formatted(name, n[FOUND], n[BAD], n[FLAGGED], n[GOOD])));
            return text
                    + "claimed %d of %d checks; unclaimed: %s"
                            .formatted(checks.size() - unclaimed.size(), checks.size(), unclaimed);
        }

        double recall() {
            return ratio(FOUND, BAD);
        }

        double flagged() {
            return ratio(FLAGGED, GOOD);
        }

        private double ratio(int part, int whole) {
            return counts.values().stream().mapToInt(n -> n[part]).sum()
                    / (double) counts.values().stream().mapToInt(n -> n[whole]).sum();
        }
    }

    static Measure measure(List<RuleFile.Source> sources, Path cases, String filter) throws Exception {
        var judge = new Judge(
                Rulebook.of(sources.stream().map(RuleFile.Source::rule).toList()));
        var known = new HashSet<String>();
        sources.forEach(source -> {
            known.add(source.rule().id());
            source.rule().aliases().forEach(alias -> known.add(alias.toUpperCase(Locale.ROOT)));
        });
        var measure =
                new Measure(new ArrayList<>(), new TreeMap<>(), new java.util.TreeSet<>(), new java.util.TreeSet<>());
        var json = new JsonMapper();
        for (var line : Files.readAllLines(cases)) {
            var each = json.readTree(line);
            var provider = each.path("provider").asString(each.path("format").asString());
            if (filter.isEmpty()
                    || filter.equals(provider)
                    || filter.equals(each.path("id").asString())
                    || filter.equals(each.path("format").asString())
                    || filter.equals(provider + "/" + each.path("service").asString(""))) {
                one(each, provider, judge, known, measure, filter);
            }
        }
        return measure;
    }

    private static void one(
            JsonNode each, String provider, Judge judge, Set<String> known, Measure measure, String filter)
            throws InterruptedException {
        var names = names(each);
        var id = each.path("id").asString();
        measure.checks().add(id);
        if (names.stream().noneMatch(known::contains)) {
            measure.unclaimed().add(id);
        }
        var format = each.path("format").asString();
        var outcome =
                RuleExamples.judge(judge, FILES.get(format), each.path("text").asString());
        boolean found = outcome.findings().stream()
                .anyMatch(finding ->
                        finding.aliases().stream().anyMatch(alias -> names.contains(alias.toUpperCase(Locale.ROOT))));
        boolean bad = each.path("kind").asString().equals("bad");
        var counts = measure.counts().computeIfAbsent(provider + " " + format, name -> new int[4]);
        counts[bad ? 1 : 3]++;
        counts[bad ? 0 : 2] += found ? 1 : 0;
        if (bad != found) {
            measure.lines()
                    .add("%s %s %s #%d %s %s%s%n%s"
                            .formatted(
                                    bad ? "MISSED " : "FLAGGED",
                                    id,
                                    format,
                                    each.path("n").asInt(),
                                    each.path("title").asString(),
                                    outcome.undecided().isEmpty() ? "" : "undecided " + outcome.undecided() + " ",
                                    outcome.problems().isEmpty() ? "" : "problems " + outcome.problems(),
                                    filter.isEmpty()
                                            ? ""
                                            : each.path("text").asString().indent(6)));
        }
    }

    private static Set<String> names(JsonNode each) {
        var names = new HashSet<String>();
        names.add(each.path("id").asString().toUpperCase(Locale.ROOT));
        names.add("AVD-" + each.path("id").asString().toUpperCase(Locale.ROOT));
        each.path("aliases").forEach(alias -> names.add(alias.asString().toUpperCase(Locale.ROOT)));
        return names;
    }
}
