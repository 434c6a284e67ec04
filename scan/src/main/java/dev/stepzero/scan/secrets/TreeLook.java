package dev.stepzero.scan.secrets;

import dev.stepzero.scan.tree.FileFailure;
import dev.stepzero.scan.tree.TreeFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Searches the files of a tree, several at once. */
final class TreeLook {
    private final SecretKinds kinds;
    private final SecretKinds keys;
    private final Journal journal;

    TreeLook(SecretKinds kinds, SecretKinds keys, Journal journal) {
        this.kinds = kinds;
        this.keys = keys;
        this.journal = journal;
    }

    /** Searches the files. */
    void look(List<TreeFile> files) throws InterruptedException {
        var next = new AtomicInteger();
        Workers.run(workers(files), () -> {
            var search = new ContentSearch(kinds, keys, journal);
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                look(search, files.get(i));
            }
        });
    }

    /** A second thread costs more than a few files take. */
    private static int workers(List<TreeFile> files) {
        return files.size() < 50 ? 1 : Workers.most();
    }

    private void look(ContentSearch search, TreeFile file) throws InterruptedException {
        try (var content = file.open()) {
            search.look(file.path(), "", content);
        } catch (IOException e) {
            journal.skipped(file.path(), "it cannot be read: " + FileFailure.reason(e));
        }
    }
}
