package dev.stepzero.scan.secrets;

import dev.stepzero.scan.tree.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Searches the files of a directory, several at once. */
final class TreeLook {
    private static final OpenOption[] READ = {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};

    private final SecretKinds kinds;
    private final SecretKinds keys;
    private final Journal journal;

    TreeLook(SecretKinds kinds, SecretKinds keys, Journal journal) {
        this.kinds = kinds;
        this.keys = keys;
        this.journal = journal;
    }

    /** Searches a directory, and answers how many files there are. */
    int look(Path directory, boolean ignored) throws InterruptedException {
        var files = WorkingTree.files(directory, ignored, journal);
        var next = new AtomicInteger();
        Workers.run(workers(files), () -> {
            var search = new ContentSearch(kinds, keys, journal);
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                look(search, files.get(i));
            }
        });
        return files.size();
    }

    /** A second thread costs more than a few files take. */
    private static int workers(List<TreeFile> files) {
        return files.size() < 50 ? 1 : Workers.most();
    }

    private void look(ContentSearch search, TreeFile file) throws InterruptedException {
        try (var content = Files.newInputStream(file.location(), READ)) {
            search.look(file.path(), "", content);
        } catch (IOException e) {
            journal.skipped(file.path(), "it cannot be read: " + e.getMessage());
        }
    }
}
