package dev.stepzero.scan.secrets;

/**
 * What a user asks of a search for credentials beside where.
 *
 * @param extent what of a repository is searched
 * @param range of a history, what of it, as Git writes it ({@code main..topic}, a commit); empty for all of it
 * @param index of what is staged, the file that Git names to its hooks; empty for the repository's own
 * @param verify whether to ask the issuers which credentials are live
 */
public record SecretOptions(Extent extent, String range, String index, boolean verify) {
    public static final SecretOptions NONE = new SecretOptions(Extent.TREE, "", "", false);

    /** What of a repository is searched. */
    public enum Extent {
        /** The files as they lie there. */
        TREE,
        /** What the next commit would bring. */
        STAGED,
        /** All that was ever committed. */
        HISTORY
    }
}
