package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Person;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a release of the image that the gate let through, and pushes it where the project says. */
public final class PublishStep implements Step {
    private final Publisher publisher;
    private final Deployments deployments;
    private final EvidenceLog evidence;
    private final KeyRing keys;
    private final Shipper shipper;
    private final Optional<Rebuild> rebuild;
    private final Clock clock;

    /**
     * The step.
     *
     * @param evidence what the run has attested, to be published beside the image
     * @param keys those of the environment, of which one signs the image
     * @param shipper who lets it in
     * @param rebuild why the commit was built again, which nobody has to approve anew
     */
    public PublishStep(
            Publisher publisher,
            Deployments deployments,
            EvidenceLog evidence,
            KeyRing keys,
            Shipper shipper,
            Optional<Rebuild> rebuild,
            Clock clock) {
        this.publisher = publisher;
        this.deployments = deployments;
        this.evidence = evidence;
        this.keys = keys;
        this.shipper = shipper;
        this.rebuild = rebuild;
        this.clock = clock;
    }

    /**
     * Who ships a commit.
     *
     * @param author who wrote it
     * @param user who ships it, as git's configuration has it
     * @param account their account on this machine
     * @param approvers who approved the commit before, had no hand in it, and counts; empty where nobody was asked
     */
    public record Shipper(
            String author, Optional<String> user, String account, List<Person> approvers, Optional<Bypass> bypass) {
        public Shipper {
            approvers = List.copyOf(approvers);
        }

        /** Somebody who ships what nobody let through without a review. */
        public Shipper(String author, Optional<String> user, String account, List<Person> approvers) {
            this(author, user, account, approvers, Optional.empty());
        }

        Approval approval(String environment, Instant at) {
            if (bypass.isPresent()) {
                return Approval.byBypass(environment, author, bypass.get(), account, at);
            }
            return approvers.isEmpty()
                    ? Approval.of(environment, author, user, account, at)
                    : Approval.byReview(environment, author, approvers, account, at);
        }
    }

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public Stage stage() {
        return Stage.PUBLISH;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.VERDICT, Handover.IMAGE);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.RELEASE);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        var digest = Digest.parse(context.get(Handover.IMAGE).digest());
        var key = context.run().key();
        var all = new ArrayList<>(evidence.ofRun(context.run().id()));
        all.add(approval(context, digest));
        var signer = keys.signing();
        var signature = ImageSignature.of(signer, digest, publisher.name(key.project()));
        context.output().line("publishing to " + publisher.name(key.project()));
        var reference = publisher.publish(digest, signature, all, signer.verification());
        var release = deployments.release(
                key.project(), key.commit(), digest, context.run().id());
        context.give(Handover.RELEASE, new Handover.Published(release, reference));
        context.output().line("%s signed and pushed with %s".formatted(digest, Plural.of(all.size(), "statement")));
        context.summary(reference.replace(digest.toString(), "sha256:" + digest.shortForm()));
    }

    private SignedEvidence approval(StepContext context, Digest image) throws InterruptedException {
        var key = context.run().key();
        var approval = rebuild.isPresent()
                ? carriedOver(key.environment(), rebuild.get())
                : shipper.approval(key.environment(), clock.instant());
        return context.attest(image.toString(), key.project(), PredicateType.APPROVAL, approval);
    }

    /** The commit is the one that was approved: who let it in then answers for it now, whoever refreshes its base. */
    private Approval carriedOver(String environment, Rebuild each) throws InterruptedException {
        var former = new FormerApprovals(evidence, keys).latest(each.replaces(), environment);
        return Approval.carriedOver(environment, shipper.author(), former, each, clock.instant());
    }
}
