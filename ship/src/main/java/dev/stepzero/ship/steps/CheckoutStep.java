package dev.stepzero.ship.steps;

import dev.stepzero.core.Home;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.git.SourceRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Writes the commit's files where the other steps copy them from. */
public final class CheckoutStep implements Step {
    private final SourceRepository repository;
    private final Commit commit;
    private final Home home;

    public CheckoutStep(SourceRepository repository, Commit commit, Home home) {
        this.repository = repository;
        this.commit = commit;
        this.home = home;
    }

    @Override
    public String name() {
        return "checkout";
    }

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.SOURCES);
    }

    @Override
    public boolean stillHolds(StepContext context) {
        return Files.isDirectory(Path.of(context.get(Handover.SOURCES).directory()));
    }

    @Override
    public void run(StepContext context) throws IOException, InterruptedException {
        var directory = home.workspace(context.run().id()).resolve("source");
        DirectoryTree.delete(directory);
        Files.createDirectories(directory);
        repository.export(commit, directory);
        var files = DirectoryTree.count(directory);
        context.give(Handover.SOURCES, new Handover.Sources(directory.toString(), files));
        context.summary("%s, written by %s"
                .formatted(Plural.of(files, "file"), commit.author().replaceAll(" <.*", "")));
    }
}
