package dev.stepzero.govern.report;

/**
 * What a report is printed on.
 *
 * @param width columns
 * @param colours whether it understands colours
 * @param unicode whether it shows more than ASCII; where not, only what a source itself holds is not ASCII
 * @param showUndecided whether to list what could not be decided
 */
public record Screen(int width, boolean colours, boolean unicode, boolean showUndecided) {
    private static final int LEAST = 40;
    private static final int MOST = 120;

    /** A file: no colours, a hundred columns. */
    public static final Screen PLAIN = new Screen(100, false, true, false);

    public Screen {
        width = Math.clamp(width, LEAST, MOST);
    }
}
