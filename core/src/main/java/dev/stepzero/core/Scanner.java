package dev.stepzero.core;

/**
 * Looks at subjects of the kinds it knows and says what is wrong. Scanners are found through
 * {@link java.util.ServiceLoader}: a new one joins {@code stepzero scan} and the pipeline's analyse stage by being on
 * the class path. An implementation is stateless and safe for use by several threads.
 */
public interface Scanner {

    /** The name that {@code --only} takes, such as {@code image}. */
    String name();

    /** Whether this scanner has anything to say about such a subject. */
    boolean looksAt(Subject subject);

    /** The same scanner with what a user gives it; itself where it has no use for that. */
    default Scanner with(ScanOptions options) {
        return this;
    }

    /**
     * Scans the subject.
     *
     * @throws UserError if the subject cannot be read at all; a part that cannot be read is a finding of its own
     * @throws InterruptedException if the run was cancelled
     */
    ScanReport scan(Subject subject) throws InterruptedException;
}
