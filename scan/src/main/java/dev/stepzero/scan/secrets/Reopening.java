package dev.stepzero.scan.secrets;

import dev.stepzero.scan.tree.Repositories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Repository;

/**
 * A repository that is opened anew after a failure: for one broken object JGit forgets the whole pack that it lies in, and
 * all that is sound there. For use by several threads.
 */
final class Reopening implements AutoCloseable {
    private static final int MOST = 100;

    private final Path directory;
    private final List<Repository> opened = new ArrayList<>();

    Reopening(Path directory) {
        this.directory = directory;
        opened.add(Repositories.openAny(directory));
    }

    synchronized Repository current() {
        return opened.getLast();
    }

    /** One that knows all packs again, unless there were too many failures already. */
    synchronized Repository after(Repository failed) {
        if (opened.getLast().equals(failed) && opened.size() < MOST) {
            opened.add(Repositories.openAny(directory));
        }
        return opened.getLast();
    }

    @Override
    public synchronized void close() {
        opened.forEach(Repository::close);
    }
}
