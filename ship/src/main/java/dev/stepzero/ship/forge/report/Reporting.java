package dev.stepzero.ship.forge.report;

import dev.stepzero.core.Finding;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.findings.KnownFinding;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.client.Report;
import dev.stepzero.ship.forge.report.DueReports.Due;
import dev.stepzero.ship.git.GitCredentials.Login;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells a project's forge when a run begins and how it ends, from what the database says of it: a server that is killed
 * in between leaves it to the next one, and telling the same twice does no harm.
 */
public final class Reporting {
    private static final String NAME = "stepzero";
    private static final int MOST_FINDINGS = 500;

    private final DueReports due;
    private final Findings findings;
    private final Function<String, Optional<ForgeProject>> projects;
    private final Function<String, Optional<Login>> tokens;
    private final ForgeClients clients;
    private final URI server;

    /**
     * Reports of runs.
     *
     * @param projects the projects by their name
     * @param tokens what is shown to the forge of a project
     * @param server where people read more
     */
    public Reporting(
            DueReports due,
            Findings findings,
            Function<String, Optional<ForgeProject>> projects,
            Function<String, Optional<Login>> tokens,
            ForgeClients clients,
            URI server) {
        this.due = due;
        this.findings = findings;
        this.projects = projects;
        this.tokens = tokens;
        this.clients = clients;
        this.server = server;
    }

    /**
     * Tells what waits longest.
     *
     * @return false if nothing waits
     */
    public boolean once() throws InterruptedException {
        var next = due.next();
        if (next.isPresent()) {
            tell(next.get());
        }
        return next.isPresent();
    }

    private void tell(Due next) throws InterruptedException {
        try {
            var project = projects.apply(next.project());
            var client =
                    project.flatMap(found -> tokens.apply(next.project()).flatMap(login -> clients.of(found, login)));
            if (client.isPresent()) {
                client.get().tell(report(project.orElseThrow(), next));
            }
            due.told(next);
        } catch (UserError e) {
            due.failed(next, e.what());
        } catch (RuntimeException e) {
            due.failed(next, "a fault of Stepzero's own: " + e);
            throw e;
        }
    }

    private Report report(ForgeProject project, Due next) {
        var open = next.over() && next.run().isPresent()
                ? findings.ofRun(next.run().getAsLong(), MOST_FINDINGS).stream()
                        .filter(each -> each.resolvedAt().isEmpty())
                        .sorted(Comparator.comparing(KnownFinding::severity).reversed())
                        .map(Reporting::finding)
                        .toList()
                : List.<Finding>of();
        var why = Optional.ofNullable(next.why());
        return new Report(
                project.repository(),
                next.commit(),
                next.pullRequest(),
                next.run().orElse(0),
                NAME,
                state(next),
                summary(next, why),
                why.stream().toList(),
                open,
                details(next));
    }

    private static Report.State state(Due next) {
        if (!next.over()) {
            return Report.State.RUNNING;
        }
        return switch (String.valueOf(next.status())) {
            case "succeeded" -> Report.State.PASSED;
            case "blocked" -> Report.State.BLOCKED;
            default -> Report.State.FAILED;
        };
    }

    private static String summary(Due next, Optional<String> why) {
        return switch (state(next)) {
            case RUNNING -> "Stepzero looks at it";
            case PASSED -> "All stages passed";
            case BLOCKED -> why.orElse("It was blocked");
            case FAILED -> why.orElse("It could not be judged");
        };
    }

    private URI details(Due next) {
        return server.resolve(
                next.run().isPresent()
                        ? "/projects/%s/runs/%d"
                                .formatted(next.project(), next.run().getAsLong())
                        : "/projects/" + next.project());
    }

    private static Finding finding(KnownFinding known) {
        return new Finding(
                known.rule(),
                List.of(),
                known.title(),
                known.severity(),
                known.location(),
                known.message(),
                known.fix(),
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                known.fingerprint());
    }
}
