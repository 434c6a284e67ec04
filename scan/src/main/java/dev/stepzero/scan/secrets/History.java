package dev.stepzero.scan.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.tree.FileFailure;
import dev.stepzero.scan.tree.Repositories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * All that was ever committed: every blob once, whatever paths and commits have it, with the commit that brought it first.
 * What cannot be read is said, and the rest is searched.
 */
final class History {
    private static final int WAITING = 2_000;
    /** Another thread's broken object may take a sound one away, more than once. */
    private static final int MOST_TRIES = 3;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private final SecretKinds kinds;
    private final SecretKinds keys;
    private final Journal journal;
    private final KnownBlobs known;
    private final AtomicInteger searched = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    /** A blob to search. */
    private record Task(ObjectId blob, String path, ObjectId commit) {}

    History(SecretKinds kinds, SecretKinds keys, Journal journal, KnownBlobs known) {
        this.kinds = kinds;
        this.keys = keys;
        this.journal = journal;
        this.known = known;
    }

    /**
     * Searches a repository, and answers how many blobs were searched.
     *
     * @throws UserError if it cannot be opened, or nothing of it can be read
     */
    int look(Path directory, String range) throws InterruptedException {
        known.read();
        try (var repository = new Reopening(directory)) {
            noteShallow(repository.current());
            var tasks = new ArrayBlockingQueue<Task>(WAITING);
            var listed = new AtomicBoolean();
            var lister = new AtomicBoolean();
            Workers.run(Workers.most() + 1, () -> {
                if (lister.compareAndSet(false, true)) {
                    try {
                        list(repository, range, tasks);
                    } finally {
                        listed.set(true);
                    }
                } else {
                    search(repository, tasks, listed);
                }
            });
            var reason = failure.get();
            if (reason != null && searched.get() == 0 && known.skipped() == 0) {
                throw UserError.unreadable("nothing of the history can be read: " + reason)
                        .at(directory.toString())
                        .fix("check it with: git fsck; what a partial clone left out comes with: git fetch --refetch");
            }
            known.write();
            journal.note("%d blobs of the history were searched, %d were known from before"
                    .formatted(searched.get(), known.skipped()));
            return searched.get();
        }
    }

    /** A build's clone often has one commit, in which little was ever deleted. */
    private void noteShallow(Repository repository) {
        try {
            if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
                journal.note("the clone is shallow: what was committed before it begins is not here;"
                        + " git fetch --unshallow brings it");
            }
        } catch (IOException e) {
            journal.skipped("shallow", "it cannot be read: " + FileFailure.reason(e));
        }
    }

    private void list(Reopening reopening, String range, BlockingQueue<Task> tasks) throws InterruptedException {
        Set<ObjectId> seen = new HashSet<>();
        var repository = reopening.current();
        try (var reader = repository.newObjectReader();
                var commits = new RevWalk(reader);
                var trees = new TreeWalk(reader)) {
            commits.setRetainBody(false);
            commits.sort(RevSort.TOPO);
            commits.sort(RevSort.REVERSE, true);
            start(repository, commits, range);
            for (var commit = commits.next(); commit != null; commit = commits.next()) {
                try {
                    list(commit, commits, trees, seen, tasks);
                } catch (IOException | RuntimeException e) {
                    journal.skipped(
                            "commit " + commit.abbreviate(10).name(), "its files cannot be listed: " + e.getMessage());
                }
            }
        } catch (RevisionSyntaxException e) {
            throw Repositories.unreadable(repository.getDirectory().toPath(), e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof UserError mistake) {
                throw mistake;
            }
            failure.compareAndSet(null, String.valueOf(e.getMessage()));
            journal.skipped(
                    "the history",
                    "it cannot be walked (%s): instead every object is searched that can be read, and has no path"
                            .formatted(e.getMessage()));
            for (var blob : AllObjects.of(reopening.after(repository).getObjectDatabase(), journal)) {
                if (seen.add(blob) && !known.has(blob)) {
                    tasks.put(new Task(blob, "object " + blob.abbreviate(10).name(), ObjectId.zeroId()));
                }
            }
        }
    }

    private static void start(Repository repository, RevWalk walk, String range) throws IOException {
        if (range.isEmpty()) {
            for (var ref : repository.getRefDatabase().getRefs()) {
                var id = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
                if (id != null && walk.parseAny(id) instanceof RevCommit commit) {
                    walk.markStart(commit);
                }
            }
            return;
        }
        int dots = range.indexOf("..");
        if (dots >= 0) {
            walk.markUninteresting(commit(repository, walk, range.substring(0, dots)));
        }
        walk.markStart(commit(repository, walk, dots < 0 ? range : range.substring(dots + 2)));
    }

    private static RevCommit commit(Repository repository, RevWalk walk, String name) throws IOException {
        var id = repository.resolve((name.isEmpty() ? Constants.HEAD : name) + "^{commit}");
        if (id == null) {
            throw UserError.usage("there is no such commit").at(name).fix("name a commit, or two as in main..topic");
        }
        return walk.parseCommit(id);
    }

    private void list(RevCommit commit, RevWalk commits, TreeWalk trees, Set<ObjectId> seen, BlockingQueue<Task> tasks)
            throws IOException, InterruptedException {
        int parents = commit.getParentCount();
        trees.reset();
        for (int i = 0; i < parents; i++) {
            commits.parseHeaders(commit.getParent(i));
            trees.addTree(commit.getParent(i).getTree());
        }
        if (parents == 0) {
            trees.addTree(new EmptyTreeIterator());
        }
        trees.addTree(commit.getTree());
        trees.setRecursive(true);
        trees.setFilter(TreeFilter.ANY_DIFF);
        int own = trees.getTreeCount() - 1;
        while (trees.next()) {
            if ((trees.getRawMode(own) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE && isNew(trees, own)) {
                var blob = trees.getObjectId(own);
                if (seen.add(blob) && !known.has(blob)) {
                    tasks.put(new Task(blob, trees.getPathString(), commit.getId()));
                }
            }
        }
    }

    /** A merge brings only what none of its parents has. */
    private static boolean isNew(TreeWalk trees, int own) {
        for (int i = 0; i < own; i++) {
            if (trees.idEqual(i, own)) {
                return false;
            }
        }
        return true;
    }

    private void search(Reopening reopening, BlockingQueue<Task> tasks, AtomicBoolean listed)
            throws InterruptedException {
        try (var cursor = new Cursor(reopening)) {
            var notes = new Notes(journal);
            var search = new ContentSearch(kinds, keys, notes);
            while (true) {
                var task = tasks.poll(20, TimeUnit.MILLISECONDS);
                if (task != null) {
                    search(task, cursor, search, notes);
                } else if (listed.get() && tasks.isEmpty()) {
                    return;
                }
            }
        }
    }

    private void search(Task task, Cursor cursor, ContentSearch search, Notes notes) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                search(task, cursor.reader, search, notes);
                return;
            } catch (IOException | RuntimeException e) {
                cursor.renew();
                if (tries == MOST_TRIES) {
                    failure.compareAndSet(null, String.valueOf(e.getMessage()));
                    journal.skipped(
                            task.path(),
                            "the blob %s cannot be read: %s"
                                    .formatted(task.blob().abbreviate(10).name(), e.getMessage()));
                    return;
                }
            }
        }
    }

    /** A thread's reader, which keeps what the next blob is a difference to. */
    private static final class Cursor implements AutoCloseable {
        private final Reopening reopening;
        private Repository repository;
        private ObjectReader reader;

        Cursor(Reopening reopening) {
            this.reopening = reopening;
            this.repository = reopening.current();
            this.reader = repository.newObjectReader();
        }

        void renew() {
            reader.close();
            repository = reopening.after(repository);
            reader = repository.newObjectReader();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    private void search(Task task, ObjectReader reader, ContentSearch search, Notes notes)
            throws IOException, InterruptedException {
        notes.clear(() -> origin(reader, task.commit()));
        var loader = reader.open(task.blob());
        if (loader.getType() != Constants.OBJ_BLOB) {
            return;
        }
        try (var content = loader.isLarge() ? loader.openStream() : new ByteArrayInputStream(loader.getCachedBytes())) {
            search.look(task.path(), "", content);
        }
        searched.incrementAndGet();
        if (notes.isEmpty()) {
            known.add(task.blob());
        }
    }

    private static String origin(ObjectReader reader, ObjectId id) {
        if (id.equals(ObjectId.zeroId())) {
            return "";
        }
        try (var walk = new RevWalk(reader)) {
            var commit = walk.parseCommit(id);
            var author = commit.getAuthorIdent();
            return " (since commit %s of %s, %s)"
                    .formatted(
                            id.abbreviate(10).name(), author.getName().strip(), DAY.format(author.getWhenAsInstant()));
        } catch (IOException | RuntimeException e) {
            return " (since commit %s)".formatted(id.abbreviate(10).name());
        }
    }
}
