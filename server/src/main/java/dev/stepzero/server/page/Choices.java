package dev.stepzero.server.page;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.access.Sight;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the viewer can choose among in the filters of lists. */
@Component
public class Choices {
    private static final int MOST = 500;

    private final Access access;
    private final Projects projects;

    Choices(Access access, Projects projects) {
        this.access = access;
        this.projects = projects;
    }

    /** The names of the projects that the viewer sees. */
    public List<String> projects() {
        return projects(access.sight());
    }

    /** The same for what somebody may see. */
    public List<String> projects(Sight sight) {
        return sight.everything()
                ? projects.page("", MOST, false).stream()
                        .map(RegisteredProject::name)
                        .toList()
                : sight.projects();
    }

    public Sight sight() {
        return access.sight();
    }
}
