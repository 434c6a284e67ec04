package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.secrets.KeyEncryption;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.Remedies;
import dev.stepzero.ship.affected.Serving;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.EngineSearch;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.git.GitCredentials;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.phoenix.Mended;
import dev.stepzero.ship.phoenix.RebuildLog;
import dev.stepzero.ship.steps.ImageBuilders;
import dev.stepzero.ship.steps.ImageStep;
import dev.stepzero.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that takes a commit to an environment, opened for the time of one command. */
public final class Shipping implements AutoCloseable {
    private final Workshop workshop;
    private final boolean isOwner;

    private Shipping(Workshop workshop, boolean isOwner) {
        this.workshop = workshop;
        this.isOwner = isOwner;
    }

    /**
     * Opens the home directory and its database.
     *
     * @param environment the process's variables; {@code STEPZERO_HOME} moves the home directory
     * @throws UserError if the database does not answer
     */
    public static Shipping open(Map<String, String> environment, Clock clock) throws InterruptedException {
        return open(environment, clock, Actor.ofProcess(environment));
    }

    /**
     * The same for somebody else than the user of the operating system.
     *
     * @param actor in whose name the ledger is written
     */
    public static Shipping open(Map<String, String> environment, Clock clock, Actor actor) throws InterruptedException {
        var home = Home.of(environment);
        var database = Database.open(home.root(), environment);
        try {
            var search = ContainerEngine.find(environment, home.root());
            var ledger = InstalledLedger.open(home, database.dataSource(), clock);
            return new Shipping(new Workshop(home, environment, clock, database, search, ledger, actor), true);
        } catch (RuntimeException | InterruptedException e) {
            database.close();
            throw e;
        }
    }

    /**
     * The same within a server, whose database and ledger it borrows and does not close.
     *
     * @param actor in whose name the ledger is written
     */
    public static Shipping within(
            Home home,
            Map<String, String> environment,
            Clock clock,
            Database database,
            InstalledLedger ledger,
            Actor actor)
            throws InterruptedException {
        var search = ContainerEngine.find(environment, home.root());
        return new Shipping(new Workshop(home, environment, clock, database, search, ledger, actor), false);
    }

    public Deployments deployments() {
        return workshop.deployments();
    }

    /** The stored secrets. */
    public SecretStore secrets() {
        return workshop.secrets();
    }

    /** Makes the key-encrypting key of secrets anew and wraps everything with it; see {@link SecretStore#rewrap}. */
    public int rotateKeyOfSecrets(String by) throws InterruptedException {
        KeyEncryption.of(workshop.home(), workshop.environment()).rotate();
        return secrets().rewrap(by);
    }

    public RunJournal journal() {
        return workshop.journal();
    }

    /** Whether anything may ever have been shipped from here: there is a database, though it need not run. */
    public static boolean isUsed(Map<String, String> environment) {
        return Database.isThere(Home.of(environment).root(), environment);
    }

    /**
     * Looks everything up that shipping needs, and does nothing yet.
     *
     * @throws UserError if the request cannot be met: no repository, no such commit or environment, uncommitted
     *     changes, a mistake in {@code stepzero.yaml}, no engine
     */
    public ShipPlan plan(ShipRequest request) {
        return new Planning(workshop.home(), workshop::site).plan(request);
    }

    /**
     * The same for a commit of a registered project, which is fetched first. What builds and tests is read from the
     * commit; what judges, publishes and deploys is read from the tip of the protected branch.
     *
     * @throws UserError if the request cannot be met, or the commit does not lie where the request says
     */
    public ShipPlan plan(CommitRequest request, Mirrors mirrors) throws InterruptedException {
        var mirror = mirrors.of(request.project().name(), request.project().cloneUrl());
        return new Planning(workshop.home(), workshop::site).plan(request, mirror);
    }

    /** Mirrors of registered projects below the home directory. */
    public Mirrors mirrors(FetchPolicy policy, GitCredentials credentials) {
        return new Mirrors(workshop.home().root().resolve("mirrors"), policy, credentials);
    }

    /** Ships or verifies, or goes on with a run that was cut. What goes wrong on the way is part of the answer. */
    public Shipped ship(ShipPlan plan, RunListener listener) throws InterruptedException {
        Workspaces.sweep(workshop.home(), journal());
        Quarters.sweep(workshop.home(), journal(), workshop.clock());
        if (plan.repository().hasWorkTree()) {
            workshop.clones().used(plan.project().app(), plan.repository().directory());
        }
        return new PlannedRun(workshop, plan).run(listener);
    }

    /**
     * Brings an earlier release back.
     *
     * @param project the application's name, or its directory
     * @param revision the commit to go back to, or its beginning; empty: the release that served before
     * @param reason why, which is needed where that brings back a vulnerability that a gate blocks
     */
    public Deployments.Deployment rollback(
            String project,
            String environmentName,
            Optional<String> revision,
            Optional<String> reason,
            StepOutput output)
            throws InterruptedException {
        return new Rollback(
                        deployments(),
                        journal(),
                        workshop.targets(),
                        workshop::site,
                        workshop.home(),
                        entrance(),
                        this::rollbackStatement,
                        workshop.decisions(),
                        workshop.affectedReleases(),
                        workshop.clock())
                .bringBack(appOf(project), environmentName, revision, reason, output);
    }

    private Entrance entrance() {
        return new Entrance(workshop.home(), workshop.evidence(), workshop.keyRings(), workshop.clock());
    }

    private RollbackStatement rollbackStatement(String project, String environmentName) throws InterruptedException {
        var keys = workshop.keyRings().of(project, environmentName);
        return new RollbackStatement(new SigningNotary(keys.signing()), workshop.evidence(), workshop.statements(keys));
    }

    /**
     * Verifies a release that this installation made.
     *
     * @param word the application's name, the image's digest, or the commit's id or its beginning
     * @throws UserError with status 1 if it does not verify, with status 2 if there is no such release
     */
    public Verified verify(String word, Verification verification) throws InterruptedException {
        return new ReleaseRecord(workshop).verify(word, verification);
    }

    /** What the steps of a run attested, also where they refused the change, the oldest first. */
    public List<RunStatement> statements(long run) throws InterruptedException {
        return new ReleaseRecord(workshop).statements(run);
    }

    /**
     * What of everything that serves is affected by the advisories of today, and what would mend it. What is told once
     * is not new the next time.
     *
     * @throws UserError if there are no advisories
     */
    public AffectedReleases.Answer affected() throws InterruptedException {
        return workshop.affectedReleases().look(remedies());
    }

    /** As {@link #affected()}, of a new reading of the archive. */
    private Remedies remedies() {
        return new Remedies(workshop.builders().archive()::newestSource);
    }

    /**
     * Rebuilds what serves where the newest base mends what became known since it was deployed, and replaces it; says
     * once what needs a person. To be called whenever the advisories or the archive may have changed: calling it again
     * does nothing again.
     *
     * @param asked what somebody asks for, whatever policy says and even if it was tried before; empty: everything that
     *     mends itself
     * @throws UserError if there are no advisories, or nothing serves of what is asked for
     */
    public Mended mend(Optional<MendRequest> asked, MendListener listener) throws InterruptedException {
        return new Phoenix(
                        deployments(),
                        workshop.affectedReleases(),
                        this::remedies,
                        workshop.clones(),
                        rebuilds(),
                        new Installation(this))
                .mend(asked.map(this::named), listener);
    }

    /** A directory is a clone to build from, too. */
    private MendRequest named(MendRequest asked) {
        var app = appOf(asked.project());
        var directory = Path.of(asked.project());
        if (Files.isDirectory(directory)) {
            try (var repository = SourceRepository.around(directory)) {
                workshop.clones().used(app, repository.directory());
            }
        }
        return new MendRequest(app, asked.environment());
    }

    /** Which runs are rebuilds. */
    public RebuildLog rebuilds() {
        return workshop.rebuilds();
    }

    RefreshedLock refresh(ShipPlan plan) throws InterruptedException {
        return RefreshedLock.of(plan, workshop.home(), workshop.builders());
    }

    /** Where a package serves, vulnerable or not; without a version, every version of it. */
    public List<Serving> serving(PackageUrl asked) {
        return workshop.index().serving(asked);
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
            var project = Planning.project(repository, repository.commit("HEAD"));
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
        var app = appOf(project);
        var removed = new Removal(journal(), deployments(), workshop.targets(), workshop::site)
                .remove(app, environmentName, withData);
        workshop.decisions().removed(new Decisions.Place(app, environmentName), withData);
        return removed;
    }

    /** The application's name where it is given, or that of the project in a directory. */
    public static String appOf(String nameOrDirectory) {
        var directory = Path.of(nameOrDirectory);
        if (!Files.isDirectory(directory)) {
            return nameOrDirectory;
        }
        try (var repository = SourceRepository.around(directory)) {
            return Planning.project(repository, repository.commit("HEAD")).app();
        }
    }

    @Override
    public void close() {
        if (workshop.search() instanceof EngineSearch.Found found) {
            found.engine().close();
        }
        if (isOwner) {
            try (var _ = workshop.database()) {
                workshop.ledger().close();
            }
        }
    }
}
