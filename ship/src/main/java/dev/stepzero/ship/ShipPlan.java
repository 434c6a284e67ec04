package dev.stepzero.ship;

import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunOrigin;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Person;
import dev.stepzero.ship.review.ReviewOutcome;
import java.util.List;
import java.util.Optional;

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
 * @param rebuild why and on what the commit is built again; empty where somebody asks for it
 * @param approvers who approved the very commit, as a review was judged; a bypass is none
 * @param bypass by which the commit ships without a review
 */
public record ShipPlan(
        SourceRepository repository,
        Commit commit,
        Project project,
        EnvironmentSpec environment,
        Site site,
        Purpose purpose,
        TrustClass trust,
        RunOrigin origin,
        Optional<Rebuild> rebuild,
        List<Person> approvers,
        Optional<Bypass> bypass)
        implements AutoCloseable {

    public ShipPlan {
        approvers = List.copyOf(approvers);
        if (purpose == Purpose.SHIP && trust != TrustClass.TRUSTED) {
            throw new IllegalArgumentException("only what is trusted is shipped");
        }
    }

    /** A plan of a commit that nobody has looked for reviews of. */
    public ShipPlan(
            SourceRepository repository,
            Commit commit,
            Project project,
            EnvironmentSpec environment,
            Site site,
            Purpose purpose,
            TrustClass trust,
            RunOrigin origin,
            Optional<Rebuild> rebuild,
            List<Person> approvers) {
        this(
                repository,
                commit,
                project,
                environment,
                site,
                purpose,
                trust,
                origin,
                rebuild,
                approvers,
                Optional.empty());
    }

    /** The same commit on a refreshed lock. */
    ShipPlan on(Rebuild again) {
        return new ShipPlan(
                repository,
                commit,
                project,
                environment,
                site,
                purpose,
                trust,
                origin,
                Optional.of(again),
                approvers,
                bypass);
    }

    /** The same commit, of which a review was judged. */
    public ShipPlan reviewed(ReviewOutcome outcome) {
        var people = outcome instanceof ReviewOutcome.Reviewed review ? review.approvers() : List.<Person>of();
        var without = outcome instanceof ReviewOutcome.Bypassed bypassed
                ? Optional.of(bypassed.bypass())
                : Optional.<Bypass>empty();
        return new ShipPlan(
                repository, commit, project, environment, site, purpose, trust, origin, rebuild, people, without);
    }

    @Override
    public void close() {
        repository.close();
    }
}
