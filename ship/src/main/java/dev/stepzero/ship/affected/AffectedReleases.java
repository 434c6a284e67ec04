package dev.stepzero.ship.affected;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.match.Matcher;
import dev.stepzero.scan.vulnerabilities.match.Schemes;
import dev.stepzero.scan.vulnerabilities.match.Vulnerable;
import dev.stepzero.ship.affected.ComponentIndex.Recorded;
import dev.stepzero.ship.affected.ToldVulnerabilities.Told;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Matches the recorded components of everything that serves with the advisories of today. No image is touched. */
public final class AffectedReleases {
    private static final Comparator<Affected> ORDER = Comparator.comparing(Affected::fresh)
            .thenComparing(Affected::severity)
            .reversed()
            .thenComparing(Affected::project)
            .thenComparing(Affected::environment)
            .thenComparing(Affected::purl)
            .thenComparing(Affected::advisory);

    private final Deployments deployments;
    private final ComponentIndex index;
    private final ToldVulnerabilities told;
    private final Path advisories;
    private final Clock clock;

    /**
     * Over one installation.
     *
     * @param advisories the directory of the advisories' database; it need not be there
     */
    public AffectedReleases(
            Deployments deployments, ComponentIndex index, ToldVulnerabilities told, Path advisories, Clock clock) {
        this.deployments = deployments;
        this.index = index;
        this.told = told;
        this.advisories = advisories;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param affected what nobody was told before comes first, then the worst
     * @param unrecorded what serves and was released before components were recorded
     */
    public record Answer(List<Affected> affected, List<Deployment> unrecorded) {
        public Answer {
            affected = List.copyOf(affected);
            unrecorded = List.copyOf(unrecorded);
        }

        /** Whether something is new that a gate would block. */
        public boolean alarms() {
            return affected.stream().anyMatch(each -> each.fresh() && each.blocks());
        }
    }

    /**
     * Notes what the gate could see when it let a release into an environment: that is nothing new later on. Without
     * advisories there was nothing to see.
     */
    public void deployed(long release, String project, String environment) throws InterruptedException {
        var recorded = index.of(release);
        try (var database = Database.open(advisories).orElse(null)) {
            if (recorded.isPresent() && database != null) {
                told.tell(project, environment, keys(vulnerable(database, recorded.get())), now());
            }
        }
    }

    /**
     * Looks, and notes what it tells.
     *
     * @throws UserError if there are no advisories
     */
    public Answer look(Remedies remedies) throws InterruptedException {
        var affected = new ArrayList<Affected>();
        var unrecorded = new ArrayList<Deployment>();
        try (var database = Database.open(advisories).orElseThrow(AffectedReleases::noAdvisories)) {
            for (var serving : deployments.serving()) {
                var recorded = index.of(serving.releaseId());
                if (recorded.isEmpty()) {
                    unrecorded.add(serving);
                    continue;
                }
                affected.addAll(look(serving, recorded.get(), vulnerable(database, recorded.get()), remedies));
            }
        }
        affected.sort(ORDER);
        return new Answer(affected, unrecorded);
    }

    /**
     * What one release would bring back that another one is free of, of what a gate blocks: the lasting ids with the
     * packages. Empty where nothing can be said: no advisories, or a release from before components were recorded.
     */
    public Optional<List<String>> broughtBack(long former, long current) throws InterruptedException {
        var of = index.of(former);
        var than = index.of(current);
        try (var database = Database.open(advisories).orElse(null)) {
            if (database == null || of.isEmpty() || than.isEmpty()) {
                return Optional.empty();
            }
            var known = vulnerable(database, than.get()).stream()
                    .map(Vulnerable::lastingId)
                    .collect(Collectors.toSet());
            return Optional.of(vulnerable(database, of.get()).stream()
                    .filter(each -> each.rating().severity().atLeast(of.get().failOn()))
                    .filter(each -> !known.contains(each.lastingId()))
                    .map(each -> each.lastingId() + " in "
                            + each.component().purl().displayName() + " "
                            + each.component().purl().version())
                    .toList());
        }
    }

    private List<Affected> look(Deployment serving, Recorded recorded, List<Vulnerable> vulnerable, Remedies remedies)
            throws InterruptedException {
        var now = now();
        var known = told.of(serving.project(), serving.environment());
        var affected = new ArrayList<Affected>();
        for (var each : vulnerable) {
            affected.add(affected(serving, recorded, each, known, now, remedies.of(each)));
        }
        told.tell(serving.project(), serving.environment(), keys(vulnerable), now);
        return affected;
    }

    private Affected affected(
            Deployment serving,
            Recorded recorded,
            Vulnerable each,
            Map<Told, Instant> known,
            Instant now,
            Remedy remedy) {
        var since = Optional.ofNullable(known.get(key(each)));
        var severity = each.rating().severity();
        return new Affected(
                each.advisory(),
                each.aliases(),
                each.summary(),
                severity,
                each.component().purl().toString(),
                each.fixed().orElse(""),
                each.component().places().getFirst().path(),
                each.component().direct(),
                serving.project(),
                serving.environment(),
                serving.image().toString(),
                serving.commit(),
                serving.startedAt(),
                since.orElse(now),
                since.isEmpty(),
                severity.atLeast(recorded.failOn()),
                remedy);
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static List<Vulnerable> vulnerable(Database database, Recorded recorded) throws InterruptedException {
        return new Matcher(database, Schemes.known())
                .match(recorded.inventory())
                .vulnerable();
    }

    private static List<Told> keys(List<Vulnerable> vulnerable) {
        return vulnerable.stream().map(AffectedReleases::key).toList();
    }

    private static Told key(Vulnerable vulnerable) {
        return new Told(vulnerable.component().purl().toString(), vulnerable.lastingId());
    }

    private static UserError noAdvisories() {
        return UserError.engine("there are no advisories on this machine to judge by")
                .fix(
                        "import some: stepzero db import https://osv-vulnerabilities.storage.googleapis.com/Debian/all.zip");
    }
}
