package dev.stepzero.ship.forge;

/**
 * A ref that was made, moved or deleted.
 *
 * @param ref its full name, such as {@code refs/heads/main}
 * @param before the commit, or annotated tag, it had; zeros if it is new
 * @param after what it has now; zeros if it was deleted
 * @param forced whether the forge says that history was rewritten; few say so
 */
public record RefChange(String ref, String before, String after, boolean forced) {
    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";

    public boolean created() {
        return zeros(before);
    }

    public boolean deleted() {
        return zeros(after);
    }

    public boolean isBranch() {
        return ref.startsWith(BRANCH);
    }

    public boolean isTag() {
        return ref.startsWith(TAG);
    }

    /** Whether the text stands for no commit. */
    public static boolean zeros(String id) {
        return id.chars().allMatch(digit -> digit == '0');
    }
}
