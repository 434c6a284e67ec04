package dev.stepzero.scan.iac;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The suppressing comments of a tree, and which of them accepted something. */
final class Suppressions {
    private final Map<String, List<Suppression>> byFile = new HashMap<>();
    private final Set<Suppression> used = new HashSet<>();
    private final LocalDate today;

    Suppressions(List<Suppression> all, Clock clock) {
        all.forEach(each ->
                byFile.computeIfAbsent(each.file(), file -> new ArrayList<>()).add(each));
        this.today = LocalDate.now(clock);
    }

    boolean isEmpty() {
        return byFile.isEmpty();
    }

    /** Whether a comment at the finding's place, at its resource, or at a module call above accepts it. */
    synchronized boolean accept(Finding finding, Resource resource) {
        boolean accepted = false;
        for (var each : byFile.getOrDefault(resource.position().file(), List.of())) {
            accepted |= names(each, finding) && coversBlock(each, resource.address(), resource.position()) && use(each);
        }
        for (var each : byFile.getOrDefault(finding.location().file().orElse(""), List.of())) {
            accepted |= names(each, finding) && coversPlace(each, finding) && use(each);
        }
        for (Origin.Call call : resource.origin().calls()) {
            for (var each : byFile.getOrDefault(call.position().file(), List.of())) {
                accepted |= names(each, finding) && coversBlock(each, call.address(), call.position()) && use(each);
            }
        }
        return accepted;
    }

    /** Whether a comment at the finding's line, or about its whole file, accepts it. */
    synchronized boolean accept(Finding finding) {
        boolean accepted = false;
        for (var each : byFile.getOrDefault(finding.location().file().orElse(""), List.of())) {
            boolean covers = each.reach() == Suppression.Reach.FILE || coversPlace(each, finding);
            accepted |= names(each, finding) && covers && use(each);
        }
        return accepted;
    }

    /** The comments in some of the files. */
    List<Suppression> in(Predicate<String> files) {
        return all().stream().filter(each -> files.test(each.file())).toList();
    }

    /** Marks the comment as of use; one that has expired is of none. */
    synchronized boolean use(Suppression suppression) {
        used.add(suppression);
        return !expired(suppression);
    }

    private boolean expired(Suppression suppression) {
        return suppression.until().filter(today::isAfter).isPresent();
    }

    static boolean names(Suppression suppression, Finding finding) {
        var rule = suppression.rule();
        return rule.equals("*")
                || rule.equalsIgnoreCase(finding.rule())
                || finding.aliases().stream().anyMatch(rule::equalsIgnoreCase);
    }

    private static boolean coversPlace(Suppression suppression, Finding finding) {
        if (suppression.reach() == Suppression.Reach.RESOURCE) {
            return false;
        }
        int line = finding.location().line().orElse(0);
        int end = Math.max(line, finding.location().endLine());
        return suppression.covers() >= line && suppression.covers() <= end && line > 0;
    }

    /** Whether a comment in a file of values speaks of the value at a position, which may be a part of another. */
    static boolean coversValue(Suppression suppression, Position value) {
        return suppression.file().equals(value.file()) && coversBlock(suppression, "", value);
    }

    private static boolean coversBlock(Suppression suppression, String address, Position block) {
        return switch (suppression.reach()) {
            case FILE -> true;
            case RESOURCE -> suppression.isSaidBy(address);
            case PLACE -> suppression.covers() == block.line();
            case BLOCK -> suppression.covers() >= block.line() && suppression.covers() <= block.endLine();
        };
    }

    /** What has to be said of the comments themselves: those that expired, and those that accept nothing. */
    List<Finding> findings(Set<String> knownRules) {
        var findings = new ArrayList<Finding>();
        for (var each : all()) {
            if (used.contains(each)) {
                if (expired(each)) {
                    findings.add(InputFindings.expired(each));
                }
            } else if (each.rule().equals("*")
                    || knownRules.contains(each.rule().toLowerCase(java.util.Locale.ROOT))) {
                findings.add(InputFindings.unused(each));
            }
        }
        return findings;
    }

    /** Comments about rules that nobody here knows. */
    List<Coverage.Skipped> unknown(Set<String> knownRules) {
        return all().stream()
                .filter(each -> !used.contains(each) && !each.rule().equals("*"))
                .filter(each -> !knownRules.contains(each.rule().toLowerCase(java.util.Locale.ROOT)))
                .map(each -> new Coverage.Skipped(
                        each.file(),
                        "line %d accepts '%s', a rule that is not known here".formatted(each.line(), each.rule())))
                .toList();
    }

    private List<Suppression> all() {
        return byFile.values().stream().flatMap(List::stream).toList();
    }
}
