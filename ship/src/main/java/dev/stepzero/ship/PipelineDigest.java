package dev.stepzero.ship;

import dev.stepzero.core.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells whether a run that was cut is made of the same parts as the one that is asked for. */
final class PipelineDigest {
    private PipelineDigest() {}

    static String of(ShipPlan plan) {
        var version = Optional.ofNullable(PipelineDigest.class.getPackage().getImplementationVersion())
                .orElse("source");
        var lock = plan.rebuild().map(each -> each.digest().toString()).orElse("");
        var parts = String.join(
                "\n", version, plan.project().toString(), plan.environment().toString(), lock);
        return Digest.of(parts.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
