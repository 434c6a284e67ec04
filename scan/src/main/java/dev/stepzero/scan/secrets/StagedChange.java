package dev.stepzero.scan.secrets;

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
    private final SecretKinds kinds;
    private final SecretKinds keys;
    private final ContentSearch.Report report;
    private final Sightings sightings;

    /** A file whose content changes. */
    private record Change(String path, ObjectId before, ObjectId after) {}

    StagedChange(SecretKinds kinds, SecretKinds keys, Sightings sightings, ContentSearch.Report report) {
        this.kinds = kinds;
        this.keys = keys;
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
        var found = new ArrayList<Hit>();
        var places = new ArrayList<Place>();
        search(change.path(), reader, change.after(), found, places, report);
        if (found.isEmpty()) {
            return;
        }
        var before = new ArrayList<Hit>();
        if (!change.before().equals(ObjectId.zeroId())) {
            search(change.path(), reader, change.before(), before, new ArrayList<>(), report);
        }
        Set<String> known = new HashSet<>();
        before.forEach(hit -> known.add(sightings.name(hit)));
        for (int i = 0; i < found.size(); i++) {
            if (!known.contains(sightings.name(found.get(i)))) {
                report.hit(found.get(i), places.get(i));
            }
        }
    }

    private void search(
            String path,
            ObjectReader reader,
            ObjectId blob,
            List<Hit> hits,
            List<Place> places,
            ContentSearch.Report problems)
            throws IOException, InterruptedException {
        var search = new ContentSearch(kinds, keys, new ContentSearch.Report() {
            @Override
            public void hit(Hit hit, Place place) {
                hits.add(hit);
                places.add(place);
            }

            @Override
            public void skipped(String skippedPath, String reason) {
                problems.skipped(skippedPath, reason);
            }

            @Override
            public void binary() {}
        });
        try {
            var loader = reader.open(blob, Constants.OBJ_BLOB);
            try (var content =
                    loader.isLarge() ? loader.openStream() : new ByteArrayInputStream(loader.getCachedBytes())) {
                search.look(path, "", content);
            }
        } catch (MissingObjectException | LargeObjectException e) {
            problems.skipped(path, "what is staged cannot be read: " + e.getMessage());
        }
    }
}
