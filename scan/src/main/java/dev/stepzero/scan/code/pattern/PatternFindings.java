package dev.stepzero.scan.code.pattern;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.scan.code.Way;
import dev.stepzero.scan.code.pattern.flow.Hit;
import dev.stepzero.scan.code.pattern.rule.PatternRule;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what is wrong in a file as findings: where, by which way, and how to mend it. */
final class PatternFindings {
    private static final int SHOWN_CODE = 60;
    private static final Pattern OF_TESTS = Pattern.compile(
            "(?:^|.*/)(?:tests?|__tests__|testdata|spec|e2e|fixtures|cypress)/.*"
                    + "|.*(?:_test[.]go|[._-](?:test|spec)[.][cm]?[jt]sx?|(?:^|/)test_[^/]*[.]py|_test[.]py|/conftest[.]py)");

    private final PatternRules rules;
    private final String path;
    private final Judge.Judgement judgement;

    PatternFindings(PatternRules rules, String path, Judge.Judgement judgement) {
        this.rules = rules;
        this.path = path;
        this.judgement = judgement;
    }

    List<Finding> all() {
        var findings = new ArrayList<Finding>();
        Map<String, Integer> alike = new HashMap<>();
        for (var hit : judgement.hits()) {
            rules.rule(hit.rule()).ifPresent(rule -> {
                var code = judgement.source().text(hit.node()).replaceAll("\\s+", " ");
                int number = alike.merge(rule.id() + resource(hit.node()) + code, 1, Integer::sum);
                findings.add(finding(hit, rule, code, number));
            });
        }
        return findings;
    }

    private Finding finding(Hit hit, PatternRule rule, String code, int number) {
        var way = new ArrayList<Location>();
        for (var step : hit.way()) {
            way.add(location(resource(step.node()) + ": " + step.what(), step.node()));
        }
        return new Finding(
                rule.id(),
                rule.aliases(),
                rule.title(),
                severity(hit, rule),
                location(resource(hit.node()), hit.node()),
                message(hit, rule, code),
                rule.fix(),
                rule.controls(),
                rule.cwe(),
                rule.stride(),
                way,
                // Without lines, so that it stays the same when code moves.
                Finding.fingerprint(rule.id(), resource(hit.node()), code + " " + number));
    }

    /** What is wrong in a test does harm only to whoever runs it. */
    private Severity severity(Hit hit, PatternRule rule) {
        return OF_TESTS.matcher(path).matches() ? Severity.LOW : hit.severity().orElse(rule.severity());
    }

    private static String message(Hit hit, PatternRule rule, String code) {
        if (hit.way().isEmpty()) {
            var shown = code.length() > SHOWN_CODE ? code.substring(0, SHOWN_CODE - 1) + "…" : code;
            return "%s: %s".formatted(hit.what().isEmpty() ? rule.message() : hit.what(), shown);
        }
        return Way.message(
                rule.message(),
                hit.way().stream()
                        .map(step -> "%s (line %d)"
                                .formatted(step.what(), step.node().span().line()))
                        .toList());
    }

    private Location location(String resource, Node node) {
        return new Location(resource, path, node.span().line(), node.span().endLine());
    }

    /** The file, and the names of what is around in it. */
    private String resource(Node node) {
        var names = new StringBuilder();
        Optional<Node> at = Optional.of(node);
        for (int i = 0; i < 2000 && at.isPresent(); i++) {
            var around = at.get();
            if ((around.is(Kind.FUNCTION) || around.is(Kind.CLASS))
                    && !around.value().isEmpty()) {
                names.insert(0, "." + around.value());
            }
            at = around.parent();
        }
        return path + (names.isEmpty() ? "" : ":" + names.substring(1));
    }
}
