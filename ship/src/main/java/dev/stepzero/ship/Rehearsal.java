package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.engine.RunJournal;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/** Loads the classes that most commands use, so that the AOT cache holds them. It changes nothing. */
public final class Rehearsal {
    private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:9/nowhere?connectTimeout=1";

    private Rehearsal() {}

    /** Leaves a release that verifies in a home directory of its own, and answers what to call it. */
    public static String release(Home home, Clock clock) throws InterruptedException {
        return new RehearsedRelease(home, clock).publish();
    }

    public static void run(Clock clock) {
        var jdbi = Jdbi.create(NOWHERE);
        try {
            new RunJournal(jdbi, clock).latest(1);
            new Deployments(jdbi, clock).serving();
        } catch (org.jdbi.v3.core.ConnectionException e) {
            // Nobody listens there: what matters is that the way to the database was walked.
            return;
        }
    }
}
