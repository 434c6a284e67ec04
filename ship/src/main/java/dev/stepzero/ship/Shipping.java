package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.ComponentIndex;
import dev.stepzero.ship.affected.Remedies;
import dev.stepzero.ship.affected.Serving;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.EngineSearch;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.engine.Engine;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.evidence.PendingStatements;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.project.ProjectReader;
import dev.stepzero.ship.publish.ImagePlaces;
import dev.stepzero.ship.steps.Handover;
import dev.stepzero.ship.steps.ImageBuilders;
import dev.stepzero.ship.steps.ImageStep;
import dev.stepzero.ship.steps.Newcomers;
import dev.stepzero.ship.steps.ProjectCommands;
import dev.stepzero.ship.steps.Publisher;
import dev.stepzero.ship.steps.StatementPublisher;
import dev.stepzero.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that takes a commit to an environment, opened for the time of one command. */
public final class Shipping implements AutoCloseable {
    private static final int NAMED_FILES = 3;

    private final Home home;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Database database;
    private final EngineSearch search;

    private Shipping(Home home, Map<String, String> environment, Clock clock, Database database, EngineSearch search) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.database = database;
        this.search = search;
    }

    /**
     * Opens the home directory and its database.
     *
     * @param environment the process's variables; {@code STEPZERO_HOME} moves the home directory
     * @throws UserError if the database does not answer
     */
    public static Shipping open(Map<String, String> environment, Clock clock) throws InterruptedException {
        var home = Home.of(environment);
        var database = Database.open(home.root(), environment);
        try {
            return new Shipping(home, environment, clock, database, ContainerEngine.find(environment, home.root()));
        } catch (RuntimeException | InterruptedException e) {
            database.close();
            throw e;
        }
    }

    public Deployments deployments() {
        return new Deployments(database.jdbi(), clock);
    }

    public RunJournal journal() {
        return new RunJournal(database.jdbi(), clock);
    }

    /**
     * Looks everything up that shipping needs, and does nothing yet.
     *
     * @throws UserError if the request cannot be met: no repository, no such commit or environment, uncommitted
     *     changes, a mistake in {@code stepzero.yaml}, no engine
     */
    public ShipPlan plan(ShipRequest request) {
        var repository = SourceRepository.around(request.directory());
        if (request.revision().isEmpty()) {
            refuseUncommitted(repository);
        }
        var commit = repository.commit(request.revision().orElse("HEAD"));
        var project = project(repository, commit);
        var declared = Declared.environment(project, request.environment(), home);
        var asked = request.target().or(() -> Declared.target(project, request.environment()));
        return new ShipPlan(repository, commit, project, declared, site(asked));
    }

    /** Ships, or goes on with a run that was cut. What goes wrong on the way is part of the answer. */
    public Shipped ship(ShipPlan plan, RunListener listener) throws InterruptedException {
        Workspaces.sweep(home, journal());
        var key = new RunKey(
                plan.project().app(),
                plan.environment().name(),
                plan.site().target(),
                plan.commit().id(),
                PipelineDigest.of(plan));
        var keys = keys(plan.project().app(), plan.environment().name());
        var builders = new ImageBuilders(home, AptSources.read(Path.of("/etc/apt"), environment), clock);
        var pipeline = new StandardPipeline(plan, home, clock, builders, commands(plan))
                .with(
                        targets().of(plan.site()),
                        deployments(),
                        new Newcomers(
                                index(),
                                affectedReleases(),
                                home.registry(),
                                plan.project().gate().failOn()),
                        publisher(plan),
                        new EvidenceLog(database.jdbi()),
                        statements(keys),
                        keys);
        var notary = new SigningNotary(keys.signing());
        var result = new Engine(journal(), notary).run(key, pipeline, listener);
        return new Shipped(
                result.run().id(),
                result.status(),
                result.value(Handover.CONFIRMED, Handover.Confirmed::address),
                hints(plan.environment()),
                result.failure().orElse(null));
    }

    /**
     * Brings an earlier release back.
     *
     * @param project the application's name, or its directory
     * @param revision the commit to go back to, or its beginning; empty: the release that served before
     */
    public Deployments.Deployment rollback(
            String project, String environmentName, Optional<String> revision, StepOutput output)
            throws InterruptedException {
        return new Rollback(
                        deployments(),
                        journal(),
                        targets(),
                        this::site,
                        home,
                        entrance(),
                        this::rollbackStatement,
                        clock)
                .bringBack(appOf(project), environmentName, revision, output);
    }

    /**
     * Verifies a release that this installation made.
     *
     * @param word the application's name, the image's digest, or the commit's id or its beginning
     * @throws UserError with status 1 if it does not verify, with status 2 if there is no such release
     */
    public Verified verify(String word, Verification verification) throws InterruptedException {
        var releases = deployments().releases(word);
        var projects =
                releases.stream().map(Deployments.Published::project).distinct().toList();
        if (projects.isEmpty()) {
            refuseUnreleased(word);
        }
        if (projects.size() != 1) {
            throw UserError.usage((projects.isEmpty()
                                    ? "there is no image and no release '%s'"
                                    : "'%s' names releases of several applications")
                            .formatted(word))
                    .fix("name an application, a commit, HOST/NAME@sha256:..., or the directory of an OCI layout");
        }
        var release = releases.getFirst();
        if (!release.attested()) {
            throw UserError.blocked("commit %.12s was released before images were signed".formatted(release.commit()))
                    .fix("ship it again: stepzero ship --commit %.12s".formatted(release.commit()));
        }
        var passport = verification.verify(OciLayout.at(home.registry()), release.image());
        return new Verified(passport, deployments().of(release.image()));
    }

    /** A commit that was refused on its way has no release, but what refused it was attested. */
    private void refuseUnreleased(String word) {
        journal().latestOf(word).ifPresent(run -> {
            throw UserError.blocked("commit %.12s was not released: run %d %s"
                            .formatted(
                                    run.run().key().commit(),
                                    run.run().id(),
                                    run.reason()
                                            .map("ended with: "::concat)
                                            .orElse("is " + run.status().label())))
                    .fix("see what its steps attested: stepzero runs "
                            + run.run().id());
        });
    }

    /** What the steps of a run attested, also where they refused the change, the oldest first. */
    public List<RunStatement> statements(long run) throws InterruptedException {
        var trusted = new KeyRings(home.keys(), clock)
                .trusted().stream().map(TrustedKey::key).toList();
        var verifier = new Verifier(trusted);
        return new EvidenceLog(database.jdbi())
                .saidIn(run).stream()
                        .map(each -> RunStatement.of(each, verifier))
                        .toList();
    }

    /**
     * What of everything that serves is affected by the advisories of today, and what would mend it. What is told once
     * is not new the next time.
     *
     * @throws UserError if there are no advisories
     */
    public AffectedReleases.Answer affected() throws InterruptedException {
        var archive = new ImageBuilders(home, AptSources.read(Path.of("/etc/apt"), environment), clock).archive();
        return affectedReleases().look(new Remedies(archive::newestSource));
    }

    /** Where a package serves, vulnerable or not; without a version, every version of it. */
    public List<Serving> serving(PackageUrl asked) {
        return index().serving(asked);
    }

    private ComponentIndex index() {
        return new ComponentIndex(database.jdbi());
    }

    private AffectedReleases affectedReleases() {
        return new AffectedReleases(
                deployments(),
                index(),
                new ToldVulnerabilities(database.jdbi()),
                dev.stepzero.scan.vulnerabilities.database.Database.directory(home),
                clock);
    }

    /**
     * Writes the newest Debian packages of a project's image to {@code stepzero.lock} beside its {@code stepzero.yaml}.
     *
     * @return what was locked, a line each
     */
    public static List<String> lock(Map<String, String> environment, Clock clock, Path directory)
            throws InterruptedException {
        try (var repository = SourceRepository.around(directory)) {
            var home = Home.of(environment);
            var builders = new ImageBuilders(home, AptSources.read(Path.of("/etc/apt"), environment), clock);
            var project = project(repository, repository.commit("HEAD"));
            return builders.lock(project, repository.directory().resolve(ImageStep.LOCK), line -> {}).stream()
                    .map(each -> each.name() + " " + each.version())
                    .toList();
        }
    }

    /**
     * Takes an environment away, and gives an open run towards it up.
     *
     * @param project the application's name, or its directory
     * @param withData also deletes the database's data and the secrets
     * @return the newest deployment to each kind of target from which something was taken away
     */
    public List<Deployments.Deployment> remove(String project, String environmentName, boolean withData)
            throws InterruptedException {
        return new Removal(journal(), deployments(), targets(), this::site)
                .remove(appOf(project), environmentName, withData);
    }

    private static String appOf(String nameOrDirectory) {
        var directory = Path.of(nameOrDirectory);
        if (!Files.isDirectory(directory)) {
            return nameOrDirectory;
        }
        try (var repository = SourceRepository.around(directory)) {
            return project(repository, repository.commit("HEAD")).app();
        }
    }

    private static Project project(SourceRepository repository, Commit commit) {
        var name = String.valueOf(repository.directory().getFileName());
        return new ProjectReader(path -> repository.file(commit, path), name).read();
    }

    private Entrance entrance() {
        return new Entrance(home, new EvidenceLog(database.jdbi()), new KeyRings(home.keys(), clock), clock);
    }

    private KeyRing keys(String project, String environmentName) {
        return new KeyRings(home.keys(), clock).of(project, environmentName);
    }

    private Site site(Optional<String> asked) {
        return switch (search) {
            case EngineSearch.Found found -> Site.of(Optional.of(found.engine()), "", asked);
            case EngineSearch.Missing missing -> Site.of(Optional.empty(), missing.reason(), asked);
        };
    }

    private Targets targets() {
        return new Targets(
                home, clock, new ImageBuilders(home, AptSources.read(Path.of("/etc/apt"), environment), clock));
    }

    private ProjectCommands commands(ShipPlan plan) {
        return new ProjectCommands(
                plan.project().app(),
                plan.project().plan(),
                plan.commit(),
                home,
                plan.site().engine(),
                environment);
    }

    private Publisher publisher(ShipPlan plan) {
        return new Publisher(home.registry(), plan.project().registry(), places(), environment);
    }

    private ImagePlaces places() {
        return new ImagePlaces(database.jdbi());
    }

    private StatementPublisher statements(KeyRing keys) throws InterruptedException {
        return new StatementPublisher(
                home.registry(), places(), new PendingStatements(database.jdbi(), clock), keys, environment);
    }

    private RollbackStatement rollbackStatement(String project, String environmentName) throws InterruptedException {
        var keys = keys(project, environmentName);
        return new RollbackStatement(
                new SigningNotary(keys.signing()), new EvidenceLog(database.jdbi()), statements(keys));
    }

    private static void refuseUncommitted(SourceRepository repository) {
        var files = repository.uncommitted();
        if (!files.isEmpty()) {
            var named = files.stream().limit(NAMED_FILES).toList();
            throw UserError.unreadable((files.size() == 1
                                    ? named.getFirst() + " is not committed"
                                    : "%d files are not committed, among them %s"
                                            .formatted(files.size(), String.join(", ", named)))
                            + "; only commits are shipped")
                    .at(repository.directory().toString())
                    .fix("commit or stash them, or ship the last commit as it is with --commit HEAD");
        }
    }

    private static List<String> hints(EnvironmentSpec environment) {
        var secrets = Secrets.in(environment.home().resolve("secrets"));
        return environment.application().secrets().stream()
                .map(name -> "%s: cat %s".formatted(name, secrets.file(name)))
                .toList();
    }

    @Override
    public void close() {
        if (search instanceof EngineSearch.Found found) {
            found.engine().close();
        }
        database.close();
    }
}
