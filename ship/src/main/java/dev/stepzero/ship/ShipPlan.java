package dev.stepzero.ship;

import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.project.Project;
import java.util.Optional;

/**
 * A request with everything looked up: nothing has been done yet.
 *
 * @param repository where the commit is read
 * @param commit what is shipped
 * @param project what it says about itself at that commit
 * @param environment where it is shipped to, as it is declared
 * @param site what it runs on
 * @param trust how far its code is trusted
 * @param rebuild why and on what the commit is built again; empty where somebody ships it
 */
public record ShipPlan(
        SourceRepository repository,
        Commit commit,
        Project project,
        EnvironmentSpec environment,
        Site site,
        TrustClass trust,
        Optional<Rebuild> rebuild)
        implements AutoCloseable {

    /** The same commit on a refreshed lock. */
    ShipPlan on(Rebuild again) {
        return new ShipPlan(repository, commit, project, environment, site, trust, Optional.of(again));
    }

    @Override
    public void close() {
        repository.close();
    }
}
