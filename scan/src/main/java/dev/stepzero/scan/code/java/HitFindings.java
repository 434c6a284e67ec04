package dev.stepzero.scan.code.java;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.scan.code.Way;
import dev.stepzero.scan.code.java.flow.Hit;
import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Tells what goes wrong as findings: where, by which way, and how to mend it. */
final class HitFindings {
    private final Knowledge knowledge;
    private final SourceFiles sources;

    HitFindings(Knowledge knowledge, SourceFiles sources) {
        this.knowledge = knowledge;
        this.sources = sources;
    }

    List<Finding> of(Collection<Hit> hits) {
        var findings = new ArrayList<Finding>();
        var alike = new HashMap<String, Integer>();
        var inOrder = hits.stream()
                .sorted(Comparator.comparing((Hit hit) -> hit.place().type())
                        .thenComparing(hit -> hit.place().method())
                        .thenComparingInt(hit -> hit.place().index()))
                .toList();
        for (var hit : inOrder) {
            knowledge.rule(hit.rule()).ifPresent(rule -> {
                var what = rule.id() + " " + method(hit.place()) + hit.place().method() + " " + hit.callee();
                findings.add(finding(hit, rule, alike.merge(what, 1, Integer::sum)));
            });
        }
        return findings;
    }

    private Finding finding(Hit hit, CodeRule rule, int number) {
        var resource = method(hit.place());
        var way = new ArrayList<Location>();
        for (var step : hit.trail().steps()) {
            way.add(location("%s: %s".formatted(method(step.place()), step.what()), step.place()));
        }
        return new Finding(
                rule.id(),
                rule.aliases(),
                rule.title(),
                rule.weaker()
                        .filter(_ -> hit.weaker())
                        .map(CodeRule.Weaker::severity)
                        .orElse(rule.severity()),
                location(resource, hit.place()),
                message(hit, resource),
                rule.fix(),
                rule.controls(),
                rule.cwe(),
                rule.stride(),
                way,
                // Neither lines nor what stands around it, so that it stays the same when code moves.
                Finding.fingerprint(rule.id(), resource + hit.place().method(), hit.callee() + " " + number));
    }

    private static String message(Hit hit, String resource) {
        if (hit.trail().length() == 0) {
            return "%s: %s in %s".formatted(hit.message(), hit.callee(), resource);
        }
        return Way.message(
                hit.message(),
                hit.trail().steps().stream().map(HitFindings::words).toList());
    }

    private static String words(Step step) {
        var place = step.place();
        var type = place.type().substring(place.type().lastIndexOf('/') + 1).replaceFirst("[$].*", "");
        return place.line() > 0 ? "%s (%s:%d)".formatted(step.what(), type, place.line()) : step.what();
    }

    private Location location(String resource, Place place) {
        var file = sources.of(place.type());
        return file.isPresent()
                ? new Location(resource, file.get().path(), place.line(), place.line())
                : Location.of(resource);
    }

    private static String method(Place place) {
        // What follows the name is as the class file has it, which may lie.
        var name = place.method().replaceFirst("(?s)[(].*", "");
        return place.type().replace('/', '.').replace('$', '.') + "."
                + name.replace("<init>", "new").replace("<clinit>", "static");
    }
}
