package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.affected.Affected;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.AffectedReleases.Answer;
import dev.stepzero.ship.affected.Remedies;
import dev.stepzero.ship.affected.Remedy;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.phoenix.Clones;
import dev.stepzero.ship.phoenix.Mended;
import dev.stepzero.ship.phoenix.Mended.Notice;
import dev.stepzero.ship.phoenix.Outcome;
import dev.stepzero.ship.phoenix.Outcome.Kind;
import dev.stepzero.ship.phoenix.Owners;
import dev.stepzero.ship.phoenix.RebuildLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Mends what serves without a hand: where a newer base brings the fix of what became known, the commit that serves goes
 * through the same stages again, and takes the place of what it was. What no rebuild mends is told once.
 */
final class Phoenix {
    /** Production comes last, so that what stands before it finds out first. */
    private static final Comparator<Deployment> ORDER = Comparator.comparing(Deployment::project)
            .thenComparing(each -> each.environment().equals("production"))
            .thenComparing(Deployment::environment);

    private final Deployments deployments;
    private final AffectedReleases affected;
    private final Supplier<Remedies> remedies;
    private final Clones clones;
    private final Rebuilding rebuilding;

    /**
     * Over one installation.
     *
     * @param remedies made anew for each look, since the archive may have changed
     */
    Phoenix(
            Deployments deployments,
            AffectedReleases affected,
            Supplier<Remedies> remedies,
            Clones clones,
            RebuildLog log,
            Yard yard) {
        this.deployments = deployments;
        this.affected = affected;
        this.remedies = remedies;
        this.clones = clones;
        this.rebuilding = new Rebuilding(deployments, clones, log, yard);
    }

    /**
     * Mends everything that policy lets it mend by itself; or what somebody asks for, whatever policy says and whether
     * it was tried before or not.
     *
     * @throws UserError if there are no advisories, or nothing serves of what is asked for
     */
    Mended mend(Optional<MendRequest> asked, MendListener listener) throws InterruptedException {
        var serving = serving(asked);
        var before = affected.look(remedies.get());
        var outcomes = new ArrayList<Outcome>();
        for (var each : serving) {
            var because = before.affected().stream()
                    .filter(one -> isOf(one, each) && one.remedy().kind() == Remedy.Kind.REBUILD)
                    .filter(one -> asked.isPresent() || isUrgent(one))
                    .toList();
            if (!because.isEmpty()) {
                outcomes.add(rebuilding.of(each, because, asked.isPresent(), listener));
            }
        }
        return mended(before, outcomes);
    }

    private List<Deployment> serving(Optional<MendRequest> asked) {
        var serving = deployments.serving().stream()
                .filter(each -> asked.map(one -> one.names(each)).orElse(true))
                .sorted(ORDER)
                .toList();
        if (asked.isPresent() && serving.isEmpty()) {
            throw UserError.usage("nothing of %s serves%s"
                            .formatted(
                                    asked.get().project(),
                                    asked.get()
                                            .environment()
                                            .map(" in "::concat)
                                            .orElse("")))
                    .fix("see what is running: stepzero environments");
        }
        return serving;
    }

    private static boolean isOf(Affected each, Deployment served) {
        return isIn(each, served) && each.image().equals(served.image().toString());
    }

    private static boolean isIn(Affected each, Deployment served) {
        return each.project().equals(served.project()) && each.environment().equals(served.environment());
    }

    /**
     * What the gate would block, and did not know of when it let the release in. All else was settled then, by a waiver
     * or a statement, or somebody brought the release back and said why.
     */
    private static boolean isUrgent(Affected each) {
        return each.blocks() && each.knownSince().isAfter(each.deployedAt());
    }

    private Mended mended(Answer before, List<Outcome> outcomes) throws InterruptedException {
        var spokenOf = outcomes.stream()
                .flatMap(each -> each.because().stream())
                .collect(Collectors.toCollection(HashSet::new));
        var notices = new ArrayList<>(notices(before, spokenOf));
        if (outcomes.stream().noneMatch(each -> each.kind() == Kind.REBUILT)) {
            return new Mended(outcomes, notices, before.unrecorded());
        }
        var after = affected.look(remedies.get());
        notices.addAll(notices(after, Set.of()));
        return new Mended(outcomes.stream().map(each -> checked(each, after)).toList(), notices, after.unrecorded());
    }

    /** A rebuild that did not help says so. */
    private static Outcome checked(Outcome outcome, Answer after) {
        var advisories =
                outcome.because().stream().map(Affected::advisory).collect(Collectors.toCollection(HashSet::new));
        var left = after.affected().stream()
                .filter(each -> isIn(each, outcome.served()) && advisories.contains(each.advisory()))
                .toList();
        return outcome.kind() != Kind.REBUILT || left.isEmpty()
                ? outcome
                : new Outcome(
                        outcome.served(),
                        outcome.because(),
                        outcome.kind(),
                        outcome.text() + "; it is still affected by " + Rebuilding.names(left),
                        true);
    }

    private List<Notice> notices(Answer answer, Set<Affected> spokenOf) {
        var owners = new HashMap<String, List<String>>();
        return answer.affected().stream()
                .filter(each -> each.fresh() && !spokenOf.contains(each))
                .map(each -> new Notice(
                        each, owners.computeIfAbsent(each.project() + "\0" + each.commit(), key -> owners(each))))
                .toList();
    }

    private List<String> owners(Affected each) {
        try {
            return clones.with(each.project(), each.commit())
                    .map(clone -> owners(clone, each.commit()))
                    .orElse(List.of());
        } catch (UserError e) {
            // What became known has to be told, also where nobody can be named.
            return List.of();
        }
    }

    private static List<String> owners(Path clone, String commit) {
        try (var repository = SourceRepository.around(clone)) {
            var found = repository.commit(commit);
            return Owners.of(Planning.project(repository, found), repository, found);
        }
    }
}
