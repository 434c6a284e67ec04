package dev.stepzero.scan.secrets;

import dev.stepzero.scan.tree.Repositories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.FS;

/** What the next commit would bring: the credentials of staged files that the last commit has not in the same file. */
final class StagedChange {
    private final ContentSearch search;
    private final ContentSearch.Report report;
    private final Sightings sightings;

    private Found found = new Found();

    /** What was found in one blob. */
    private static final class Found {
        private final List<Hit> hits = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();
    }

    /** A file whose content changes. */
    private record Change(String path, ObjectId before, ObjectId after) {}

    StagedChange(SecretKinds kinds, SecretKinds keys, Sightings sightings, ContentSearch.Report report) {
        this.search = new ContentSearch(kinds, keys, new Collecting());
        this.sightings = sightings;
        this.report = report;
    }

    /**
     * Looks at what is staged.
     *
     * @param index the file that Git names to its hooks; empty for the repository's own
     * @return how many files would change
     */
    int look(Path directory, String index) throws InterruptedException {
        try (var repository = Repositories.open(directory);
                var reader = repository.newObjectReader()) {
            var changes = changes(repository, reader, index);
            for (var change : changes) {
                look(change, reader);
            }
            return changes.size();
        } catch (IOException e) {
            throw Repositories.unreadable(directory, e);
        }
    }

    private static List<Change> changes(Repository repository, ObjectReader reader, String index) throws IOException {
        var changes = new ArrayList<Change>();
        try (var walk = new TreeWalk(reader);
                var commits = new RevWalk(reader)) {
            var head = repository.resolve(Constants.HEAD);
            if (head == null) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(commits.parseCommit(head).getTree());
            }
            walk.addTree(new DirCacheIterator(read(repository, index)));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                if ((walk.getRawMode(1) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE) {
                    changes.add(new Change(walk.getPathString(), walk.getObjectId(0), walk.getObjectId(1)));
                }
            }
        }
        return changes;
    }

    private static DirCache read(Repository repository, String index) throws IOException {
        if (index.isEmpty()) {
            return repository.readDirCache();
        }
        var named = Path.of(index);
        var file =
                named.isAbsolute() ? named : repository.getWorkTree().toPath().resolve(named);
        return DirCache.read(file.toFile(), FS.DETECTED);
    }

    private void look(Change change, ObjectReader reader) throws IOException, InterruptedException {
        var after = new Found();
        search(change.path(), reader, change.after(), after);
        if (after.hits.isEmpty()) {
            return;
        }
        var before = new Found();
        if (!change.before().equals(ObjectId.zeroId())) {
            search(change.path(), reader, change.before(), before);
        }
        Set<String> known = new HashSet<>();
        before.hits.forEach(hit -> known.add(sightings.name(hit)));
        for (int i = 0; i < after.hits.size(); i++) {
            if (!known.contains(sightings.name(after.hits.get(i)))) {
                report.hit(after.hits.get(i), after.places.get(i));
            }
        }
    }

    private void search(String path, ObjectReader reader, ObjectId blob, Found into)
            throws IOException, InterruptedException {
        found = into;
        try {
            var loader = reader.open(blob, Constants.OBJ_BLOB);
            try (var content =
                    loader.isLarge() ? loader.openStream() : new ByteArrayInputStream(loader.getCachedBytes())) {
                search.look(path, "", content);
            }
        } catch (MissingObjectException | LargeObjectException e) {
            report.skipped(path, "what is staged cannot be read: " + e.getMessage());
        }
    }

    /** Keeps what is found until it is known whether it is new. */
    private final class Collecting implements ContentSearch.Report {
        @Override
        public void hit(Hit hit, Place place) {
            found.hits.add(hit);
            found.places.add(place);
        }

        @Override
        public void skipped(String path, String reason) {
            report.skipped(path, reason);
        }

        @Override
        public void binary() {
            report.binary();
        }
    }
}
