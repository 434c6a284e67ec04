package dev.stepzero.scan.tree;

/**
 * How long it may take to tell what is ignored: what people write costs a few hundred steps a path, what is made to keep
 * us busy costs millions.
 */
final class IgnorePatience {
    private static final long AT_LEAST = 100_000_000;
    private static final long EACH = 2_000;

    private long left = AT_LEAST;
    private boolean lost;

    /** Whether there is time to ask some lines for a path; once there was not, there is none for any. */
    boolean lasts(IgnoreLines lines, String path, Intake intake) {
        left += EACH - lines.steps(path);
        if (left < 0 && !lost) {
            lost = true;
            intake.skipped(
                    ".gitignore", "to tell what Git ignores takes too long: from somewhere on nothing is left out");
        }
        return !lost;
    }
}
