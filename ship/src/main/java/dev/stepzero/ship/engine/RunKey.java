package dev.stepzero.ship.engine;

import dev.stepzero.guard.secrets.TrustClass;

/**
 * What makes two runs the same piece of work: a run that was cut is resumed by a command with an equal key.
 *
 * @param project the application's name
 * @param environment where the run leads to; empty for a verification
 * @param target the kind of place that the environment stands in
 * @param commit the full commit id
 * @param pipeline digest of what the pipeline is made of
 * @param purpose what the run is for
 * @param trust how far the commit is trusted
 * @param lane runs of a project in the same lane take turns: the environment, or the ref of a verification
 */
public record RunKey(
        String project,
        String environment,
        String target,
        String commit,
        String pipeline,
        Purpose purpose,
        TrustClass trust,
        String lane) {

    public RunKey {
        if (purpose == Purpose.SHIP && trust != TrustClass.TRUSTED) {
            throw new IllegalArgumentException("only what is trusted is shipped");
        }
    }

    /** A run that ships a trusted commit. */
    public RunKey(String project, String environment, String target, String commit, String pipeline) {
        this(project, environment, target, commit, pipeline, Purpose.SHIP, TrustClass.TRUSTED, environment);
    }

    /** A run that verifies what a ref holds. */
    public static RunKey verifying(
            String project, String target, String commit, String pipeline, TrustClass trust, String ref) {
        return new RunKey(project, "", target, commit, pipeline, Purpose.VERIFY, trust, ref);
    }
}
