package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.Gate;
import dev.stepzero.govern.gate.GatePolicy;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.scan.image.ImagePolicy;
import dev.stepzero.scan.image.ImageScanner;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.steps.CheckoutStep;
import dev.stepzero.ship.steps.ConfirmStep;
import dev.stepzero.ship.steps.DeployStep;
import dev.stepzero.ship.steps.FetchStep;
import dev.stepzero.ship.steps.GateStep;
import dev.stepzero.ship.steps.Handover;
import dev.stepzero.ship.steps.ImageBuilders;
import dev.stepzero.ship.steps.ImageStep;
import dev.stepzero.ship.steps.InventoryStep;
import dev.stepzero.ship.steps.Newcomers;
import dev.stepzero.ship.steps.OwnStep;
import dev.stepzero.ship.steps.PackageStep;
import dev.stepzero.ship.steps.ProjectCommands;
import dev.stepzero.ship.steps.PublishStep;
import dev.stepzero.ship.steps.Publisher;
import dev.stepzero.ship.steps.RunSecrets;
import dev.stepzero.ship.steps.SbomStep;
import dev.stepzero.ship.steps.ScanStep;
import dev.stepzero.ship.steps.StatementPublisher;
import dev.stepzero.ship.steps.TestStep;
import dev.stepzero.ship.steps.TiersStep;
import dev.stepzero.ship.steps.ToolchainStep;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The way of every commit, in the order in which people read it. What comes first is decided by what a step needs. A
 * verification ends at the gate.
 */
final class StandardPipeline {
    private static final Duration ANY_AGE = Duration.ofDays(36_500);

    private final ShipPlan plan;
    private final Home installation;
    private final Quarters quarters;
    private final Home home;
    private final Clock clock;
    private final ImageBuilders builders;
    private final ProjectCommands commands;
    private final RunSecrets secrets;

    /**
     * The way of one commit.
     *
     * @param installation where advisories lie, which every run may read
     * @param quarters where the run keeps its files
     */
    StandardPipeline(
            ShipPlan plan,
            Home installation,
            Quarters quarters,
            Clock clock,
            ImageBuilders builders,
            ProjectCommands commands,
            RunSecrets secrets) {
        this.plan = plan;
        this.installation = installation;
        this.quarters = quarters;
        this.home = quarters.home();
        this.clock = clock;
        this.builders = builders;
        this.commands = commands;
        this.secrets = secrets;
    }

    Pipeline with(
            Target target,
            Deployments deployments,
            Newcomers newcomers,
            Publisher publisher,
            EvidenceLog evidence,
            StatementPublisher statements,
            KeyRing keys,
            List<Waiver> waivers,
            Decisions decisions) {
        var project = plan.project();
        var environment = plan.environment();
        var scanners = scanners(project);
        var scansSources = scanners.stream()
                .anyMatch(scanner -> scanner.looksAt(new Subject.SourceTree(project.app(), Path.of("."))));
        var inContainers = plan.site().target().equals("containers");

        var steps = new ArrayList<Step>();
        steps.add(new CheckoutStep(plan.repository(), plan.commit(), home));
        steps.add(new ToolchainStep(project.plan(), commands, builders, home));
        steps.add(new FetchStep(quarters.dependencies(), project.plan(), commands));
        steps.add(new TestStep(project, plan.commit(), commands));
        steps.addAll(ownSteps(project));
        if (scansSources) {
            steps.add(ScanStep.ofSources(project.app(), scanners, clock));
        }
        if (leavesResults(project)) {
            steps.add(ScanStep.ofTools(project.app(), project.steps(), home, clock));
        }
        steps.add(new PackageStep(project.plan(), commands));
        steps.add(new ImageStep(
                project,
                plan.commit(),
                builders,
                home,
                environment.application().port(),
                plan.site().engine().isPresent(),
                plan.rebuild(),
                clock));
        steps.add(new InventoryStep(project.app(), plan.commit(), home));
        steps.add(new SbomStep(project.app(), home.registry()));
        steps.add(ScanStep.ofImage(project.app(), home.registry(), scanners, clock));
        steps.add(new GateStep(
                gate(project, clock),
                policy(project),
                waivers,
                analyses(project, scansSources),
                given(project),
                evidence,
                statements,
                decisions,
                clock));
        if (plan.purpose() == Purpose.VERIFY) {
            return new Pipeline(steps);
        }
        steps.add(new TiersStep(
                builders, home, inContainers, environment.database().isPresent()));
        steps.add(new PublishStep(publisher, deployments, evidence, keys, shipper(), plan.rebuild(), clock));
        steps.add(new DeployStep(
                environment,
                target,
                deployments,
                newcomers,
                home.registry(),
                keys,
                decisions,
                secrets,
                plan.rebuild(),
                clock));
        steps.add(new ConfirmStep(environment, target, deployments, statements, home.registry(), clock));
        return new Pipeline(steps);
    }

    private PublishStep.Shipper shipper() {
        return new PublishStep.Shipper(
                plan.commit().author(),
                Optional.of(plan.origin().requestedBy()).filter(who -> !who.isEmpty()),
                System.getProperty("user.name", "unknown"),
                plan.approvers(),
                plan.bypass());
    }

    private static Map<String, String> policy(Project project) {
        return Map.of(
                "failOn", project.gate().failOn().name(),
                "warnOn", project.gate().warnOn().name(),
                "maxAgeDays", Integer.toString(project.gate().maxAgeDays()));
    }

    /** What judges a project's findings. */
    static Gate gate(Project project, Clock clock) {
        var policy = GatePolicy.of(project.gate().failOn(), project.gate().warnOn());
        return new Gate(policy, clock);
    }

    private List<Scanner> scanners(Project project) {
        var scanners = new ArrayList<Scanner>();
        for (var scanner : ServiceLoader.load(Scanner.class)) {
            scanners.add(
                    scanner instanceof ImageScanner
                            ? new ImageScanner(imagePolicy(project), clock)
                            : scanner.with(options(project)));
        }
        return scanners;
    }

    /** What is committed is looked at, though it were ignored. */
    private ScanOptions options(Project project) {
        var gate = project.gate();
        return new ScanOptions(
                List.of(), List.of(), List.of(), gate.maxDatabaseAgeDays(), Optional.of(installation), true);
    }

    private ImagePolicy imagePolicy(Project project) {
        var defaults = ImagePolicy.defaults();
        return new ImagePolicy(
                project.image()
                        .budgetMegabytes()
                        .map(megabytes -> megabytes * 1_000_000L)
                        .orElse(defaults.mostBytes()),
                age(project),
                defaults.allowedShells());
    }

    /** Without a lock the base is the newest that there is, however long ago that came out; so it is in a rebuild. */
    private Duration age(Project project) {
        var locked = plan.rebuild().isEmpty()
                && plan.repository().file(plan.commit(), ImageStep.LOCK).isPresent();
        return locked ? Duration.ofDays(project.gate().maxAgeDays()) : ANY_AGE;
    }

    private List<Step> ownSteps(Project project) {
        return project.steps().stream()
                .<Step>map(own -> new OwnStep(own, commands, secrets))
                .toList();
    }

    private static boolean leavesResults(Project project) {
        return project.steps().stream().anyMatch(own -> !own.sarif().isEmpty());
    }

    private static List<Slot<Handover.Analysis>> analyses(Project project, boolean scansSources) {
        var analyses = new ArrayList<Slot<Handover.Analysis>>();
        if (scansSources) {
            analyses.add(Handover.SOURCE_FINDINGS);
        }
        if (leavesResults(project)) {
            analyses.add(Handover.TOOL_FINDINGS);
        }
        return analyses;
    }

    private static Set<Slot<?>> given(Project project) {
        var slots = new HashSet<Slot<?>>();
        project.steps().forEach(own -> slots.add(OwnStep.slot(own.name())));
        return slots;
    }
}
