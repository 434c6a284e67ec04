package dev.stepzero.ship.engine;

import dev.stepzero.core.UserError;

/**
 * Lets one process at a time change an environment of a project, or verify one of its refs, over all machines that
 * share the database.
 */
public final class EnvironmentLock {
    private final RunJournal journal;

    public EnvironmentLock(RunJournal journal) {
        this.journal = journal;
    }

    /** The right to change the environment, until it is closed or the process ends, however it ends. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes the right.
     *
     * @param lane the environment, or the full name of the ref
     * @throws UserError if another process has it
     */
    public Held acquire(String project, String lane) {
        return RunLock.tryAcquire(journal.jdbi(), project, lane).orElseThrow(() -> taken(project, lane));
    }

    /** Whether nobody has the right at this moment; whoever asks keeps nobody from taking it. */
    public boolean isFree(String project, String lane) {
        return RunLock.isFree(journal.jdbi(), project, lane);
    }

    /** Whether an error says that another process had the right, which it may have given back since. */
    public static boolean saysTaken(UserError error) {
        return error.getCause() instanceof Taken;
    }

    /** Tells such an error from others. */
    private static final class Taken extends Exception {
        private static final long serialVersionUID = 1L;
    }

    UserError taken(String project, String lane) {
        var which = journal.open(project, lane)
                .map(run -> "run %d of commit %.12s, which began at %s"
                        .formatted(run.id(), run.key().commit(), run.startedAt()))
                .orElse("another command changes it");
        return UserError.blocked("%s in %s is being changed: %s".formatted(project, lane, which))
                .fix("wait until it ends, or stop it with Ctrl-C where it runs")
                .because(new Taken());
    }
}
