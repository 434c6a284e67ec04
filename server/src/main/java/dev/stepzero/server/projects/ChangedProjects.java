package dev.stepzero.server.projects;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.own.OwnRepositories;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Changes what the server knows of projects, and writes each change into the ledger. */
@Component
public class ChangedProjects {
    private final Projects projects;
    private final OwnRepositories repositories;
    private final Ledger ledger;
    private final Clock clock;

    ChangedProjects(Projects projects, OwnRepositories repositories, Ledger ledger, Clock clock) {
        this.projects = projects;
        this.repositories = repositories;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Registers a project. @throws dev.stepzero.core.UserError if there is one of that name, or its address is closed */
    public RegisteredProject register(RegisteredProject project, Actor who) {
        return write(housed(projects.register(project)), "registered", who);
    }

    /** Changes one but for its name. @throws dev.stepzero.core.UserError if there is none, or its address is closed */
    public RegisteredProject change(RegisteredProject project, Actor who) {
        return write(housed(projects.change(project)), "changed", who);
    }

    /** A project that lives in Stepzero itself gets its repository, where it has none. */
    private RegisteredProject housed(RegisteredProject project) {
        if (project.provider().equals(RegisteredProject.OWN)) {
            repositories.create(ForgeProject.of(project, Forge.STEPZERO));
        }
        return project;
    }

    private RegisteredProject write(RegisteredProject project, String what, Actor who) {
        var details = Details.of(Map.of(
                "address", project.cloneUrl(),
                "branch", project.protectedBranch(),
                "environments", project.environments(),
                "directory", project.settings().directory(),
                "failOn", project.settings().failOn().map(Enum::name).orElse(""),
                "foreignInProcesses", project.settings().foreignInProcesses()));
        var thing = new Thing("project", project.name(), project.name(), "");
        ledger.append(new Entry(who, "project.change", thing, clock.instant(), Outcome.SUCCEEDED, what, details));
        return project;
    }
}
