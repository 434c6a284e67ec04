package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.packages.version.VersionSchemes;
import dev.stepzero.ship.affected.Affected;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.image.BuiltImage.Contained;
import dev.stepzero.ship.phoenix.Clones;
import dev.stepzero.ship.phoenix.Outcome;
import dev.stepzero.ship.phoenix.Outcome.Kind;
import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.phoenix.RebuildLog;
import dev.stepzero.ship.phoenix.RebuildLog.Attempt;
import dev.stepzero.ship.phoenix.RebuildLog.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds one release again on the newest base, unless that was tried, is forbidden, or would not help. */
final class Rebuilding {
    private static final int NAMED = 20;

    private final Deployments deployments;
    private final Clones clones;
    private final RebuildLog log;
    private final Yard yard;

    Rebuilding(Deployments deployments, Clones clones, RebuildLog log, Yard yard) {
        this.deployments = deployments;
        this.clones = clones;
        this.log = log;
        this.yard = yard;
    }

    /** A release that a rebuild would mend, and whether somebody asks for that. */
    private record Case(Deployment served, List<Affected> because, boolean asked) {
        Outcome is(Kind kind, String text, boolean news) {
            return new Outcome(served, because, kind, text, news);
        }

        /** To be said once, or to whoever asks. */
        Outcome isOnce(Kind kind, String text) {
            return is(kind, text, asked || because.stream().anyMatch(Affected::fresh));
        }
    }

    Outcome of(Deployment served, List<Affected> because, boolean asked, MendListener listener)
            throws InterruptedException {
        var one = new Case(served, because, asked);
        var clone = clones.with(served.project(), served.commit());
        if (clone.isEmpty()) {
            return one.isOnce(
                    Kind.NO_SOURCE,
                    "no directory is known that has commit %.12s; name one: stepzero rebuild DIR --to %s"
                            .formatted(served.commit(), served.environment()));
        }
        // What serves was admitted as trusted; the same commit is no less so.
        var request = new ShipRequest(
                clone.get(),
                served.environment(),
                Optional.of(served.target()),
                Optional.of(served.commit()),
                TrustClass.TRUSTED);
        try (var plan = yard.plan(request)) {
            if (!plan.project().app().equals(served.project())) {
                throw UserError.unreadable("commit %.12s in %s is of an application that calls itself %s"
                        .formatted(served.commit(), clone.get(), plan.project().app()));
            }
            return asked || mendsItself(plan)
                    ? rebuild(one, plan, listener)
                    : one.isOnce(
                            Kind.BY_HAND,
                            "a rebuild mends it, and waits for somebody to ask for it: stepzero rebuild %s --to %s"
                                    .formatted(served.project(), served.environment()));
        } catch (UserError e) {
            // What stands in the way of one release is no reason to leave the others as they are.
            return one.is(Kind.POSTPONED, e.what(), true);
        }
    }

    private static boolean mendsItself(ShipPlan plan) {
        var declared = plan.project().environments().get(plan.environment().name());
        return declared != null && declared.mendsItself();
    }

    private Outcome rebuild(Case one, ShipPlan plan, MendListener listener) throws InterruptedException {
        var served = one.served();
        var cut = cutOnItsWayIn(served);
        if (cut.isPresent()) {
            return one.is(
                    Kind.POSTPONED,
                    "commit %.12s was on its way in when its run was cut: go on with that, or bring a release back"
                            .formatted(cut.get().commit()),
                    true);
        }
        var lock = yard.refresh(plan);
        var fixes = fixes(one.because(), lock.packages());
        var rebuild = new Rebuild(lock.text(), served.image(), fixes);
        var attempt = new Attempt(served.releaseId(), served.environment(), rebuild.digest());
        var before = log.find(attempt);
        if (fixes.isEmpty()) {
            var why = "the newest base that comes together does not mend it";
            log.useless(attempt, names(one.because()), why);
            return one.is(Kind.USELESS, why, one.asked() || before.isEmpty());
        }
        if (!one.asked() && before.isPresent() && before.get().status() != Status.RUNNING) {
            return one.is(Kind.TRIED, tried(before.get()), false);
        }
        return ship(one, plan.on(rebuild), attempt, rebuild, listener);
    }

    /** A run that was cut after it began to deploy may have led the traffic to its release already. */
    private Optional<Deployment> cutOnItsWayIn(Deployment served) {
        return deployments.history(served.project(), served.environment()).stream()
                .filter(each -> each.id() > served.id() && each.status().equals("starting"))
                .filter(each -> !each.commit().equals(served.commit()))
                .findFirst();
    }

    private static List<Rebuild.Fix> fixes(List<Affected> because, List<Contained> packages) {
        var brought = packages.stream().collect(Collectors.toMap(Contained::name, Contained::version, (a, b) -> a));
        var fixes = new ArrayList<Rebuild.Fix>();
        for (var each : because) {
            var purl = PackageUrl.parse(each.purl());
            var version = brought.getOrDefault(purl.name(), "");
            if (isNewer(version, purl.version())) {
                fixes.add(new Rebuild.Fix(each.advisory(), purl.name(), purl.version(), version));
            }
        }
        return fixes;
    }

    /**
     * The archive has the fix, by the version of the source; what is to be seen here is whether the lock moved. What it
     * does without comes in its newest version, if it comes at all.
     */
    private static boolean isNewer(String version, String installed) {
        try {
            return version.isEmpty() || VersionSchemes.DEBIAN.compare(version, installed) > 0;
        } catch (InvalidVersion e) {
            return false;
        }
    }

    private static String tried(RebuildLog.Entry before) {
        return "the same was tried at %s%s: %s"
                .formatted(
                        before.startedAt(),
                        before.run() == 0 ? "" : " in run " + before.run(),
                        before.status() == Status.SUCCEEDED ? "it served until it was rolled back" : before.reason());
    }

    private Outcome ship(Case one, ShipPlan plan, Attempt attempt, Rebuild rebuild, MendListener listener)
            throws InterruptedException {
        var watcher = listener.begins(plan, one.served(), rebuild, unreleased(plan));
        var result = yard.ship(plan, new NotedRun(watcher, run -> log.begin(attempt, rebuild.why(), run)));
        if (result.status() == RunStatus.SUCCEEDED) {
            log.end(attempt, Status.SUCCEEDED, "");
            return one.is(
                    Kind.REBUILT,
                    "commit %.12s serves again, on a newer base: %s"
                            .formatted(plan.commit().id(), result.address().orElse("")),
                    true);
        }
        if (result.status() == RunStatus.INTERRUPTED) {
            throw new InterruptedException("the rebuild was interrupted");
        }
        var why =
                result.failure().map(Rebuilding::reason).orElse(result.status().label());
        if (result.status().resumable()) {
            return one.is(Kind.POSTPONED, "run %d: %s".formatted(result.run(), why), true);
        }
        log.end(attempt, Status.REFUSED, why);
        return one.is(
                Kind.REFUSED,
                "the rebuild is refused, and image sha256:%s serves as before: %s (stepzero runs %d)"
                        .formatted(one.served().image().shortForm(), why, result.run()),
                true);
    }

    private static String reason(Throwable failure) {
        return failure instanceof UserError error ? error.what() : failure.toString();
    }

    /** What the repository has beyond the commit that serves: a rebuild releases nothing of that. */
    private static List<String> unreleased(ShipPlan plan) {
        var head = plan.repository().commit("HEAD");
        return head.id().equals(plan.commit().id())
                ? List.of()
                : List.of("HEAD is at %s; commit %s, which serves, is what is built again"
                        .formatted(head.shortId(), plan.commit().shortId()));
    }

    static String names(List<Affected> affected) {
        return affected.stream()
                .map(each -> each.advisory() + " in " + each.purl())
                .limit(NAMED)
                .collect(Collectors.joining("; "));
    }
}
