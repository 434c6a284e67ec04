package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.image.BuiltImage.Contained;
import dev.stepzero.ship.steps.DirectoryTree;
import dev.stepzero.ship.steps.ImageBuilders;
import dev.stepzero.ship.steps.ImageStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The lock of a commit's base with the newest packages of today. Two calls that come to the same packages give the same
 * text, so that a rebuild can be told from another one by its digest.
 *
 * @param text the lock, in the form of {@code stepzero.lock}
 * @param packages those of the base of the application
 */
record RefreshedLock(String text, List<Contained> packages) {

    /**
     * Asks the archive.
     *
     * @throws UserError if the archive does not verify or does not answer
     */
    static RefreshedLock of(ShipPlan plan, Home home, ImageBuilders builders) throws InterruptedException {
        var all = home.root()
                .resolve("locks/rebuilds")
                .resolve(plan.project().app())
                .resolve(plan.environment().name());
        var directory = all.resolve(plan.commit().id());
        var file = directory.resolve(ImageStep.LOCK);
        try {
            if (!Files.isDirectory(directory)) {
                // What was kept for the commits of before serves nobody any more.
                DirectoryTree.delete(all);
                Files.createDirectories(directory);
                writeOwn(plan, file);
            }
            var packages = builders.lock(plan.project(), file, line -> {});
            return new RefreshedLock(Files.readString(file), packages);
        } catch (IOException e) {
            throw UserError.engine("the refreshed lock cannot be written: " + e.getMessage())
                    .at(file.toString())
                    .fix("check the permissions and the space on the disk")
                    .because(e);
        }
    }

    /** It begins with the commit's own, so that packages which did not move keep their date. */
    private static void writeOwn(ShipPlan plan, Path file) throws IOException {
        var own = plan.repository().file(plan.commit(), ImageStep.LOCK);
        if (own.isPresent()) {
            Files.write(file, own.get());
        }
    }
}
