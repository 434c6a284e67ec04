package dev.stepzero.ship;

import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunOrigin;
import dev.stepzero.ship.engine.Trust;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.project.Project;

/**
 * A request with everything looked up: nothing has been done yet.
 *
 * @param repository where the commit is read
 * @param commit what is shipped or verified
 * @param project what it says about itself at that commit, judged as the protected branch says
 * @param environment where it is shipped to, as it is declared; for a verification, where it would be
 * @param site what it runs on
 * @param purpose what the run is for
 * @param trust how far the commit is trusted
 * @param origin where the run comes from
 */
public record ShipPlan(
        SourceRepository repository,
        Commit commit,
        Project project,
        EnvironmentSpec environment,
        Site site,
        Purpose purpose,
        Trust trust,
        RunOrigin origin)
        implements AutoCloseable {

    public ShipPlan {
        if (purpose == Purpose.SHIP && trust != Trust.TRUSTED) {
            throw new IllegalArgumentException("only what is trusted is shipped");
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
