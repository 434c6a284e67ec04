package dev.stepzero.ship.findings;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.git.Mirrors;
import java.util.Optional;

/** Reads the code that findings point at, from the mirrors of registered projects and as it was when it was seen last. */
public final class Excerpts {
    private final Projects projects;
    private final Mirrors mirrors;
    private final RunJournal journal;

    public Excerpts(Projects projects, Mirrors mirrors, RunJournal journal) {
        this.projects = projects;
        this.mirrors = mirrors;
        this.journal = journal;
    }

    /** The code around a finding; empty where it has no file, or where its file is not here any more. */
    public Optional<Excerpt> of(KnownFinding finding) {
        var file = finding.location().file();
        var project = projects.find(finding.project());
        var run = journal.find(finding.lastRun());
        if (file.isEmpty() || project.isEmpty() || run.isEmpty()) {
            return Optional.empty();
        }
        var directory = project.get().settings().directory();
        try (var repository =
                mirrors.of(finding.project(), project.get().cloneUrl()).open(directory)) {
            var commit = repository.commit(run.get().run().key().commit());
            return repository.file(commit, file.get()).flatMap(content -> Excerpt.of(content, finding.location()));
        } catch (UserError e) {
            // No mirror yet, or a commit that was taken out of its history: the finding is shown without its code.
            return Optional.empty();
        }
    }
}
