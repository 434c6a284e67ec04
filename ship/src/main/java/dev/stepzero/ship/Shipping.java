package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Waiver;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.secrets.KeyEncryption;
import dev.stepzero.guard.secrets.SecretIssuer;
import dev.stepzero.guard.secrets.SecretListener;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.ComponentIndex;
import dev.stepzero.ship.affected.Remedies;
import dev.stepzero.ship.affected.Serving;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.EngineSearch;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.decisions.SecretDecisions;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.engine.Engine;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.evidence.PendingStatements;
import dev.stepzero.ship.findings.FindingsLog;
import dev.stepzero.ship.findings.FindingsOfRun;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.git.GitCredentials;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.phoenix.Clones;
import dev.stepzero.ship.phoenix.Mended;
import dev.stepzero.ship.phoenix.RebuildLog;
import dev.stepzero.ship.publish.ImagePlaces;
import dev.stepzero.ship.steps.Handover;
import dev.stepzero.ship.steps.ImageBuilders;
import dev.stepzero.ship.steps.ImageStep;
import dev.stepzero.ship.steps.Newcomers;
import dev.stepzero.ship.steps.ProjectCommands;
import dev.stepzero.ship.steps.Publisher;
import dev.stepzero.ship.steps.RunSecrets;
import dev.stepzero.ship.steps.StatementPublisher;
import dev.stepzero.ship.waivers.WaiverBook;
import dev.stepzero.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Everything that takes a commit to an environment, opened for the time of one command. */
public final class Shipping implements AutoCloseable {
    /** No environment is called so. */
    private static final String VERIFICATIONS = "+verifications";

    private final Home home;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Database database;
    private final EngineSearch search;
    private final InstalledLedger ledger;
    private final boolean isOwner;
    private final Actor actor;

    private Shipping(
            Home home,
            Map<String, String> environment,
            Clock clock,
            Database database,
            EngineSearch search,
            InstalledLedger ledger,
            boolean isOwner,
            Actor actor) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.database = database;
        this.search = search;
        this.ledger = ledger;
        this.isOwner = isOwner;
        this.actor = actor;
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
            return new Shipping(home, environment, clock, database, search, ledger, true, actor);
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
        return new Shipping(home, environment, clock, database, search, ledger, false, actor);
    }

    public Deployments deployments() {
        return new Deployments(database.jdbi(), clock, this::tell);
    }

    private Decisions decisions() {
        return new Decisions(ledger.ledger(), actor, clock);
    }

    private void tell(Handle transaction, long deployment, Deployments.Change change, String reason) {
        switch (change) {
            case STARTS -> decisions().deployment(transaction, "deployment.start", deployment, Outcome.ALLOWED, reason);
            case SERVES ->
                decisions().deployment(transaction, "deployment.serve", deployment, Outcome.SUCCEEDED, reason);
            case FAILED -> decisions().deployment(transaction, "deployment.end", deployment, Outcome.FAILED, reason);
            case REMOVED ->
                decisions().deployment(transaction, "deployment.end", deployment, Outcome.SUCCEEDED, "removed");
        }
    }

    /** The stored secrets. */
    public SecretStore secrets() {
        return new SecretStore(database.jdbi(), KeyEncryption.of(home, environment), secretListener(), clock);
    }

    private SecretListener secretListener() {
        return new SecretDecisions(ledger.ledger(), actor);
    }

    /** Makes the key-encrypting key of secrets anew and wraps everything with it; see {@link SecretStore#rewrap}. */
    public int rotateKeyOfSecrets(String by) throws InterruptedException {
        KeyEncryption.of(home, environment).rotate();
        return secrets().rewrap(by);
    }

    public RunJournal journal() {
        return new RunJournal(database.jdbi(), clock);
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
        return new Planning(home, this::site).plan(request);
    }

    /**
     * The same for a commit of a registered project, which is fetched first. What builds and tests is read from the
     * commit; what judges, publishes and deploys is read from the tip of the protected branch.
     *
     * @throws UserError if the request cannot be met, or the commit does not lie where the request says
     */
    public ShipPlan plan(CommitRequest request, Mirrors mirrors) throws InterruptedException {
        var mirror = mirrors.of(request.project().name(), request.project().cloneUrl());
        return new Planning(home, this::site).plan(request, mirror);
    }

    /** Mirrors of registered projects below the home directory. */
    public Mirrors mirrors(FetchPolicy policy, GitCredentials credentials) {
        return new Mirrors(home.root().resolve("mirrors"), policy, credentials);
    }

    /** Ships or verifies, or goes on with a run that was cut. What goes wrong on the way is part of the answer. */
    public Shipped ship(ShipPlan plan, RunListener listener) throws InterruptedException {
        Workspaces.sweep(home, journal());
        Quarters.sweep(home, journal(), clock);
        if (plan.repository().hasWorkTree()) {
            clones().used(plan.project().app(), plan.repository().directory());
        }
        var key = key(plan);
        var quarters = Quarters.of(home, key);
        var notary = new SigningNotary(signing(plan, quarters));
        var waivers = waivers(plan);
        var findings = new FindingsOfRun(
                new FindingsLog(database.jdbi(), clock),
                journal(),
                StandardPipeline.gate(plan.project(), clock),
                waivers,
                listener);
        var result = new Engine(journal(), notary).run(key, plan.origin(), pipeline(plan, quarters, waivers), findings);
        if (!result.status().resumable()) {
            quarters.leave();
        }
        return new Shipped(
                result.run().id(),
                result.status(),
                result.value(Handover.CONFIRMED, Handover.Confirmed::address),
                hints(plan),
                result.failure().orElse(null));
    }

    private static RunKey key(ShipPlan plan) {
        var app = plan.project().app();
        var target = plan.site().target();
        var commit = plan.commit().id();
        var pipeline = PipelineDigest.of(plan);
        return plan.purpose() == Purpose.SHIP
                ? new RunKey(app, plan.environment().name(), target, commit, pipeline)
                : RunKey.verifying(
                        app,
                        target,
                        commit,
                        pipeline,
                        plan.trust(),
                        plan.origin().ref());
    }

    private Pipeline pipeline(ShipPlan plan, Quarters quarters, List<Waiver> waivers) throws InterruptedException {
        var builders = builders(quarters.home());
        var commands = commands(plan, quarters);
        var keys = keys(plan, quarters);
        var newcomers = new Newcomers(
                index(),
                affectedReleases(),
                home.registry(),
                plan.project().gate().failOn());
        return new StandardPipeline(plan, home, quarters, clock, builders, commands, runSecrets(plan))
                .with(
                        targets().of(plan.site()),
                        deployments(),
                        newcomers,
                        publisher(plan),
                        new EvidenceLog(database.jdbi()),
                        plan.purpose() == Purpose.SHIP
                                ? statements(keys)
                                : statements(keys).silent(),
                        keys,
                        waivers,
                        decisions());
    }

    /** Those of the project's own files, and those that were granted on the server. */
    private List<Waiver> waivers(ShipPlan plan) {
        var granted = new WaiverBook(database.jdbi(), ledger.ledger(), clock)
                .granted(plan.project().app());
        return Stream.concat(plan.project().waivers().stream(), granted.stream())
                .toList();
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
                        targets(),
                        this::site,
                        home,
                        entrance(),
                        this::rollbackStatement,
                        decisions(),
                        affectedReleases(),
                        clock)
                .bringBack(appOf(project), environmentName, revision, reason, output);
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
        return affectedReleases().look(remedies());
    }

    /** As {@link #affected()}, of a new reading of the archive. */
    private Remedies remedies() {
        return new Remedies(builders().archive()::newestSource);
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
                        deployments(), affectedReleases(), this::remedies, clones(), rebuilds(), new Installation(this))
                .mend(asked.map(this::named), listener);
    }

    /** A directory is a clone to build from, too. */
    private MendRequest named(MendRequest asked) {
        var app = appOf(asked.project());
        var directory = Path.of(asked.project());
        if (Files.isDirectory(directory)) {
            try (var repository = SourceRepository.around(directory)) {
                clones().used(app, repository.directory());
            }
        }
        return new MendRequest(app, asked.environment());
    }

    /** Which runs are rebuilds. */
    public RebuildLog rebuilds() {
        return new RebuildLog(database.jdbi(), clock);
    }

    private Clones clones() {
        return new Clones(database.jdbi(), clock);
    }

    RefreshedLock refresh(ShipPlan plan) throws InterruptedException {
        return RefreshedLock.of(plan, home, builders());
    }

    private ImageBuilders builders() {
        return builders(home);
    }

    private ImageBuilders builders(Home place) {
        return new ImageBuilders(place, AptSources.read(Path.of("/etc/apt"), environment), clock);
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
        var removed =
                new Removal(journal(), deployments(), targets(), this::site).remove(app, environmentName, withData);
        decisions().removed(new Decisions.Place(app, environmentName), withData);
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

    private Entrance entrance() {
        return new Entrance(home, new EvidenceLog(database.jdbi()), new KeyRings(home.keys(), clock), clock);
    }

    private KeyRing keys(String project, String environmentName) {
        return new KeyRings(home.keys(), clock).of(project, environmentName);
    }

    /** A verification signs with keys of its own: an environment's sign only for what may go there. */
    private KeyRing keys(ShipPlan plan, Quarters quarters) {
        var ring = plan.purpose() == Purpose.SHIP ? plan.environment().name() : VERIFICATIONS;
        return new KeyRings(quarters.home().keys(), clock).of(plan.project().app(), ring);
    }

    /** The key that signs for a run; the first one is made now. */
    private SigningKey signing(ShipPlan plan, Quarters quarters) throws InterruptedException {
        var ring = keys(plan, quarters);
        var isFirst = ring.isEmpty();
        var key = ring.signing();
        if (isFirst) {
            var environmentName =
                    plan.purpose() == Purpose.SHIP ? plan.environment().name() : "";
            decisions()
                    .keyMade(
                            new Decisions.Place(plan.project().app(), environmentName),
                            key.verification().id());
        }
        return key;
    }

    private Site site(Optional<String> asked) {
        return switch (search) {
            case EngineSearch.Found found -> Site.of(Optional.of(found.engine()), "", asked);
            case EngineSearch.Missing missing -> Site.of(Optional.empty(), missing.reason(), asked);
        };
    }

    private Targets targets() {
        return new Targets(home, clock, builders());
    }

    private ProjectCommands commands(ShipPlan plan, Quarters quarters) {
        return new ProjectCommands(
                quarters.dependencies(),
                plan.project().plan(),
                plan.commit(),
                quarters.home(),
                plan.site().engine(),
                environment);
    }

    private RunSecrets runSecrets(ShipPlan plan) {
        return new RunSecrets(
                () -> new SecretIssuer(secrets(), secretListener(), clock),
                plan.project().app(),
                plan.environment().name(),
                plan.trust());
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

    private static List<String> hints(ShipPlan plan) {
        if (plan.purpose() == Purpose.VERIFY) {
            return List.of();
        }
        var environment = plan.environment();
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
        if (isOwner) {
            try (database) {
                ledger.close();
            }
        }
    }
}
