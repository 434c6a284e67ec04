package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.Gate;
import dev.stepzero.govern.gate.Waivers;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.evidence.EvidenceLog;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether the change may go on, from everything that was found out about it. */
public final class GateStep implements Step {
    private final Gate gate;
    private final List<Waiver> waivers;
    private final List<Slot<Handover.Analysis>> analyses;
    private final Set<Slot<?>> alsoNeeded;
    private final Map<String, String> policy;
    private final EvidenceLog evidence;
    private final StatementPublisher statements;
    private final Decisions decisions;
    private final Clock clock;

    /**
     * A gate.
     *
     * @param policy what it measures by, in words, for the verdict
     * @param analyses what was found elsewhere than in the image
     * @param alsoNeeded what the project's own steps give
     * @param statements puts a verdict that blocks beside the image, where nobody publishes any other
     */
    public GateStep(
            Gate gate,
            Map<String, String> policy,
            List<Waiver> waivers,
            List<Slot<Handover.Analysis>> analyses,
            Set<Slot<?>> alsoNeeded,
            EvidenceLog evidence,
            StatementPublisher statements,
            Decisions decisions,
            Clock clock) {
        this.gate = gate;
        this.policy = Map.copyOf(policy);
        this.evidence = evidence;
        this.statements = statements;
        this.decisions = decisions;
        this.clock = clock;
        this.waivers = List.copyOf(waivers);
        this.analyses = List.copyOf(analyses);
        this.alsoNeeded = Set.copyOf(alsoNeeded);
    }

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public Stage stage() {
        return Stage.GATE;
    }

    @Override
    public Set<Slot<?>> needs() {
        var needs = new HashSet<Slot<?>>(alsoNeeded);
        needs.addAll(Set.of(Handover.TESTS, Handover.IMAGE, Handover.IMAGE_FINDINGS, Handover.SBOM_ATTESTED));
        needs.addAll(analyses);
        return needs;
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.VERDICT);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        var image = Digest.parse(context.get(Handover.IMAGE).digest());
        var findings =
                new ArrayList<Finding>(context.get(Handover.IMAGE_FINDINGS).findings());
        analyses.forEach(slot -> findings.addAll(context.get(slot).findings()));
        var verdict = gate.judge(findings, waivers);
        verdict.reasons().forEach(context.output()::line);
        verdict.open().forEach(finding -> context.output().line(FindingLine.of(finding)));
        verdict.waived().forEach(finding -> context.output().line("waived   " + FindingLine.of(finding)));
        var key = context.run().key();
        decisions.judged(
                new Decisions.Place(key.project(), key.environment()),
                context.get(Handover.IMAGE).digest(),
                key.commit(),
                verdict,
                used(verdict));
        var inputs = restsOn(context);
        var statement = attest(context, verdict, inputs);
        if (verdict.decision() == Verdict.Decision.BLOCK) {
            inputs.add(statement);
            statements.announce(image, inputs);
            statements.publish(image).forEach(context::warn);
            throw UserError.blocked("the gate blocks: " + String.join("; ", verdict.reasons()))
                    .fix("mend the findings above, or accept one for a time with a waiver in stepzero.yaml");
        }
        if (verdict.decision() == Verdict.Decision.WARN) {
            verdict.reasons().forEach(context::warn);
        }
        context.give(Handover.VERDICT, verdict);
        context.summary(summary(verdict));
    }

    private SignedEvidence attest(StepContext context, Verdict verdict, List<SignedEvidence> inputs) {
        var project = context.run().key().project();
        var image = context.get(Handover.IMAGE).digest();
        var summary = VerificationSummary.of(project, image, verdict, policy, waivers, inputs, clock.instant());
        return context.attest(image, project, PredicateType.VERDICT, summary);
    }

    private Map<Waiver, List<Finding>> used(Verdict verdict) {
        var known = new Waivers(waivers, LocalDate.now(clock));
        var used = new LinkedHashMap<Waiver, List<Finding>>();
        for (var finding : verdict.waived()) {
            known.accepting(finding)
                    .ifPresent(waiver ->
                            used.computeIfAbsent(waiver, _ -> new ArrayList<>()).add(finding));
        }
        return used;
    }

    /** Whatever the run has attested up to here, but for an earlier verdict of its own. */
    private List<SignedEvidence> restsOn(StepContext context) {
        return evidence.ofRun(context.run().id()).stream()
                .filter(each -> !Set.of(PredicateType.VERDICT, PredicateType.APPROVAL, PredicateType.DEPLOYMENT)
                        .contains(each.predicateType()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String summary(Verdict verdict) {
        var open = Plural.of(verdict.open().size(), "open finding");
        return verdict.waived().isEmpty()
                ? "passes, " + open
                : "passes, %s, %d waived".formatted(open, verdict.waived().size());
    }
}
