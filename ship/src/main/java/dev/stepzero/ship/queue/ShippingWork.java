package dev.stepzero.ship.queue;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.Shipped;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.git.Mirrors;

/** Ships and verifies what is asked for, as it is at its origin by the time of its turn. */
public final class ShippingWork implements RunWork {
    private final Shipping shipping;
    private final Projects projects;
    private final Mirrors mirrors;

    public ShippingWork(Shipping shipping, Projects projects, Mirrors mirrors) {
        this.shipping = shipping;
        this.projects = projects;
        this.mirrors = mirrors;
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
                request.pullRequest(),
                request.commit(),
                request.requestedBy());
        try (var plan = shipping.plan(commit, mirrors)) {
            return shipping.ship(plan, listener);
        }
    }
}
