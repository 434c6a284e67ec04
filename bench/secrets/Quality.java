package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRulebook;
import java.nio.charset.StandardCharsets;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges samples of a peer: recall and false alarms of each kind that we claim, and their means over the kinds. A true
 * positive is found if a rule with the peer's name among its aliases finds it, or any token of a known form; what only the
 * generic rule finds does not count, but for the peer's generic kind. A false positive is an alarm if a rule of that alias
 * finds it; what any rule says is printed beside it. With a second argument the peer's names are no aliases of ours: a kind
 * is claimed if it is called by a service of ours, with or without what it is of (key, token, ...).
 */
public final class Quality {
    private static final double RECALL = 0.95;
    private static final double ALARMS = 0.05;
    private static final Pattern WHAT =
            Pattern.compile("(?:(?:pat|api|app|key|token|access|personal|secret|oauth|v[12]|admin|webhook|service|account|refresh|user|auth).*)?");

    private Quality() {}

    private static final class Row {
        private int positives;
        private int found;
        private int foundByAny;
        private int negatives;
        private int alarms;
        private int alarmsByAny;
    }

    public static void main(String[] arguments) throws Exception {
        var book = SecretRulebook.builtIn();
        var search = new SecretSearch(new SecretKinds(book), System::nanoTime);
        Map<String, Set<String>> claimed = new HashMap<>();
        book.rules().forEach(rule -> rule.aliases().forEach(alias -> claimed
                .computeIfAbsent(alias, each -> new HashSet<>())
                .add(rule.id())));
        boolean byService = arguments.length > 1;
        var rows = new TreeMap<String, Row>();
        var others = new HashSet<String>();
        for (var line : Files.readAllLines(Path.of(arguments[0]))) {
            var sample = JsonMapper.shared().readTree(line);
            var kind = sample.get("rule").asString();
            var ours = byService ? ofService(book, kind) : claimed.get(kind);
            if (ours == null || ours.isEmpty()) {
                others.add(kind);
                continue;
            }
            var bytes = sample.get("text").asString().getBytes(StandardCharsets.UTF_8);
            var hits = search.search(bytes, bytes.length, Setting.of(sample.get("path").asString(), bytes, bytes.length))
                    .hits();
            boolean exact = hits.stream().anyMatch(hit -> ours.contains(hit.rule().id()));
            boolean known = kind.equals("generic-api-key") || hits.stream().anyMatch(hit -> hit.weight() > 1);
            var row = rows.computeIfAbsent(kind, each -> new Row());
            if (sample.get("kind").asString().equals("tp")) {
                row.positives++;
                row.found += exact || (known && !hits.isEmpty()) ? 1 : 0;
                row.foundByAny += hits.isEmpty() ? 0 : 1;
            } else {
                row.negatives++;
                row.alarms += exact ? 1 : 0;
                row.alarmsByAny += hits.isEmpty() ? 0 : 1;
            }
        }
        print(rows, others.size());
    }

    /** The rules of the service that a name such as {@code netlifytoken} begins with. */
    private static Set<String> ofService(SecretRulebook book, String kind) {
        var name = kind.replaceAll("[^a-z0-9]", "");
        var longest = "";
        var ours = new HashSet<String>();
        for (var rule : book.rules()) {
            var parts = rule.id().split("-", -1);
            for (int end = 2; end <= Math.min(3, parts.length); end++) {
                var service = String.join("", List.of(parts).subList(1, end));
                if (service.length() >= longest.length() && name.startsWith(service) && WHAT.matcher(name.substring(service.length())).matches()) {
                    if (service.length() > longest.length()) {
                        ours.clear();
                        longest = service;
                    }
                    ours.add(rule.id());
                }
            }
        }
        return ours;
    }

    private static void print(Map<String, Row> rows, int others) {
        var positive = rows.entrySet().stream().filter(each -> each.getValue().positives > 0).toList();
        var negative = rows.entrySet().stream().filter(each -> each.getValue().negatives > 0).toList();
        for (var each : positive) {
            var row = each.getValue();
            if (row.found < RECALL * row.positives) {
                System.out.printf("  recall  %-45s %d of %d%n", each.getKey(), row.found, row.positives);
            }
        }
        for (var each : negative) {
            var row = each.getValue();
            if (row.alarms > ALARMS * row.negatives) {
                System.out.printf("  alarms  %-45s %d of %d%n", each.getKey(), row.alarms, row.negatives);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d kinds claimed of %d; recall %.1f %% a kind (any rule %.1f %%), %d of %d kinds at 95 %% or more%n",
                rows.size(),
                rows.size() + others,
                positive.stream().mapToDouble(each -> 100.0 * each.getValue().found / each.getValue().positives).average().orElse(0),
                positive.stream().mapToDouble(each -> 100.0 * each.getValue().foundByAny / each.getValue().positives).average().orElse(0),
                positive.stream().filter(each -> each.getValue().found >= RECALL * each.getValue().positives).count(),
                positive.size());
        System.out.printf(
                Locale.ROOT,
                "false alarms %.1f %% a kind (any rule %.1f %%), %d of %d kinds at 5 %% or less%n",
                negative.stream().mapToDouble(each -> 100.0 * each.getValue().alarms / each.getValue().negatives).average().orElse(0),
                negative.stream().mapToDouble(each -> 100.0 * each.getValue().alarmsByAny / each.getValue().negatives).average().orElse(0),
                negative.stream().filter(each -> each.getValue().alarms <= ALARMS * each.getValue().negatives).count(),
                negative.size());
    }
}
