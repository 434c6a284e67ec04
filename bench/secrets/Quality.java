package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRulebook;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges samples of a peer: Quality SAMPLES.jsonl alias|service [MISSES], which gets what was missed, with a word before each
 * that tells whether no rule found it or another.
 *
 * <p>Prints recall and false alarms of each kind that we claim, by the peer's name ({@code alias}) or by its service, and
 * their means over the kinds. A true positive is found if a rule of that claim finds it, or any token of a known form; what
 * only the generic rule finds does not count, but for kinds that name no service. A false positive is an alarm if a rule of
 * the claim finds it; what any rule says is printed beside it. Where services are claimed, two sorts of samples are left
 * out, whether we find them or not, and printed with their number: those of services that we do not claim, and those that
 * no issuer made ({@link MadeUp}). The last line leaves out nothing.
 */
public final class Quality {
    private static final double RECALL = 0.95;
    private static final double ALARMS = 0.05;

    private final SecretSearch search;
    private final Claims claims;
    private final boolean byService;
    private final PrintStream misses;
    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, Row> everything = new TreeMap<>();
    private final Map<String, Integer> madeUp = new TreeMap<>();
    private final TreeSet<String> others = new TreeSet<>();
    private int ofOthers;

    private static final class Row {
        private int positives;
        private int found;
        private int foundByAny;
        private int negatives;
        private int alarms;
        private int alarmsByAny;

        double recall() {
            return 100.0 * found / positives;
        }

        double recallOfAny() {
            return 100.0 * foundByAny / positives;
        }

        double alarms() {
            return 100.0 * alarms / negatives;
        }

        double alarmsOfAny() {
            return 100.0 * alarmsByAny / negatives;
        }
    }

    private Quality(SecretRulebook book, boolean byService, PrintStream misses) {
        this.search = new SecretSearch(new SecretKinds(book), System::nanoTime);
        this.claims = new Claims(book);
        this.byService = byService;
        this.misses = misses;
    }

    public static void main(String[] arguments) throws Exception {
        try (var misses = arguments.length > 2 ? new PrintStream(arguments[2]) : new PrintStream(PrintStream.nullOutputStream())) {
            var quality = new Quality(SecretRulebook.builtIn(), arguments[1].equals("service"), misses);
            for (var line : Files.readAllLines(Path.of(arguments[0]))) {
                quality.judge(JsonMapper.shared().readTree(line), line);
            }
            quality.print();
        }
    }

    private void judge(JsonNode sample, String line) {
        var kind = sample.get("rule").asString();
        var service = sample.path("service").asString(kind);
        var text = sample.get("text").asString();
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var hits = search.search(bytes, bytes.length, Setting.of(sample.get("path").asString(), bytes, bytes.length))
                .hits();
        var ours = byService ? claims.ofService(service) : claims.ofAlias(kind);
        boolean exact = hits.stream().anyMatch(hit -> ours.contains(hit.rule().id()));
        boolean known = kind.equals("generic-api-key") || hits.stream().anyMatch(hit -> hit.weight() > 1);
        boolean positive = sample.get("kind").asString().equals("tp");
        boolean missed = !exact && !(known && !hits.isEmpty());
        count(everything.computeIfAbsent(kind, each -> new Row()), positive, !missed, exact, !hits.isEmpty());
        if (ours.isEmpty()) {
            others.add(service);
            ofOthers++;
            return;
        }
        if (byService && positive) {
            var why = MadeUp.why(sample.path("secret").asString(""), text);
            if (why.isPresent()) {
                madeUp.merge(why.get(), 1, Integer::sum);
                return;
            }
        }
        if (positive ? missed : exact) {
            misses.println((hits.isEmpty() ? "none " : "other ") + line);
        }
        count(rows.computeIfAbsent(kind, each -> new Row()), positive, !missed, exact, !hits.isEmpty());
    }

    private static void count(Row row, boolean positive, boolean found, boolean exact, boolean any) {
        if (positive) {
            row.positives++;
            row.found += found ? 1 : 0;
            row.foundByAny += any ? 1 : 0;
        } else {
            row.negatives++;
            row.alarms += exact ? 1 : 0;
            row.alarmsByAny += any ? 1 : 0;
        }
    }

    private void print() {
        var positive = rows.values().stream().filter(row -> row.positives > 0).toList();
        var negative = rows.values().stream().filter(row -> row.negatives > 0).toList();
        rows.forEach((kind, row) -> {
            if (row.found < RECALL * row.positives) {
                say("  recall  %-45s %d of %d", kind, row.found, row.positives);
            }
        });
        rows.forEach((kind, row) -> {
            if (row.alarms > ALARMS * row.negatives) {
                say("  alarms  %-45s %d of %d", kind, row.alarms, row.negatives);
            }
        });
        if (byService) {
            say("left out, %d services that we do not claim, with %d samples: %s", others.size(), ofOthers, String.join(" ", others));
            madeUp.forEach((why, count) -> say("left out, made by no issuer, %s: %d samples", why, count));
        }
        say(
                "%d kinds claimed; recall %.1f %% a kind (any rule %.1f %%), %d of %d kinds at 95 %% or more; %d of %d samples",
                rows.size(),
                mean(positive, Row::recall),
                mean(positive, Row::recallOfAny),
                positive.stream().filter(row -> row.found >= RECALL * row.positives).count(),
                positive.size(),
                positive.stream().mapToInt(row -> row.found).sum(),
                positive.stream().mapToInt(row -> row.positives).sum());
        say(
                "false alarms %.1f %% a kind (any rule %.1f %%), %d of %d kinds at 5 %% or less",
                mean(negative, Row::alarms),
                mean(negative, Row::alarmsOfAny),
                negative.stream().filter(row -> row.alarms <= ALARMS * row.negatives).count(),
                negative.size());
        var all = everything.values().stream().filter(row -> row.positives > 0).toList();
        say(
                "nothing left out: recall %.1f %% a kind (any rule %.1f %%) of %d kinds",
                mean(all, Row::recall),
                mean(all, Row::recallOfAny),
                all.size());
    }

    private static double mean(List<Row> rows, ToDoubleFunction<Row> figure) {
        return rows.stream().mapToDouble(figure).average().orElse(0);
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
