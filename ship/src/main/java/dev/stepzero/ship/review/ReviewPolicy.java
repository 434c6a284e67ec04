package dev.stepzero.ship.review;

/**
 * What a change needs.
 *
 * @param approvals how many people other than its authors must approve it; no setting makes it none
 * @param owners whether the owners of what it touches must be among those who approve
 */
public record ReviewPolicy(int approvals, boolean owners) {
    /** One approval, and that of the owners. */
    public static final ReviewPolicy USUAL = new ReviewPolicy(1, true);

    public ReviewPolicy {
        approvals = Math.max(1, approvals);
    }
}
