package dev.stepzero.ship.queue;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.ShipPlan;
import dev.stepzero.ship.Shipped;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.review.CommitReview;
import dev.stepzero.ship.review.ReviewOutcome;
import java.util.List;

/** Ships and verifies what is asked for, as it is at its origin by the time of its turn. */
public final class ShippingWork implements RunWork {
    private final Shipping shipping;
    private final Projects projects;
    private final Mirrors mirrors;
    private final CommitReview review;

    /** Work on commits that nobody reviews: whoever asks for a run approves it. */
    public ShippingWork(Shipping shipping, Projects projects, Mirrors mirrors) {
        this(shipping, projects, mirrors, (project, mirror, commit) -> new ReviewOutcome.Missing(List.of()));
    }

    /**
     * Work on commits that people review.
     *
     * @param review says who approved what ships
     */
    public ShippingWork(Shipping shipping, Projects projects, Mirrors mirrors, CommitReview review) {
        this.shipping = shipping;
        this.projects = projects;
        this.mirrors = mirrors;
        this.review = review;
    }

    @Override
    public Shipped run(RunRequest request, RunListener listener) throws InterruptedException {
        var project = projects.find(request.project())
                .filter(each -> each.archivedAt().isEmpty())
                .orElseThrow(() -> UserError.usage("project '%s' is archived".formatted(request.project()))
                        .fix("take it back first"));
        var commit = new CommitRequest(
                project,
                request.purpose(),
                request.trust(),
                request.environment(),
                request.ref(),
                request.fork(),
                request.pullRequest(),
                request.base(),
                request.commit(),
                request.requestedBy());
        try (var plan = shipping.plan(commit, mirrors)) {
            return shipping.ship(reviewed(plan, project), listener);
        }
    }

    private ShipPlan reviewed(ShipPlan plan, RegisteredProject project) throws InterruptedException {
        if (plan.purpose() == Purpose.VERIFY) {
            return plan;
        }
        var mirror = mirrors.of(project.name(), project.cloneUrl());
        return plan.reviewed(review.of(project, mirror, plan.commit().id()));
    }
}
