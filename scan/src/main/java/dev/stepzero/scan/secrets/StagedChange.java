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
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * What the next commit would bring: the credentials of staged files that no commit before it has in the same file. Before a
 * merge there are two or more such commits; a file that was not there may have another's name, so what the files had that are
 * gone is not new either.
 */
final class StagedChange {
    private final ContentSearch search;
    private final ContentSearch.Report report;
    private final Sightings sightings;

    private Found found = new Found();
    private @Nullable Set<String> namesOfGone;

    /** What was found in one blob. */
    private static final class Found {
        private final List<Hit> hits = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();
    }

    /**
     * A file whose content changes.
     *
     * @param before its content in each commit before that has it
     */
    private record Change(String path, List<ObjectId> before, ObjectId after) {}

    /** The content of a file that is gone. */
    private record Gone(String path, ObjectId content) {}

    /** All that changes, and what the files had that are gone. */
    private record Changes(List<Change> files, List<Gone> gone) {}

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
            for (var change : changes.files()) {
                look(change, changes.gone(), reader);
            }
            return changes.files().size();
        } catch (IOException e) {
            throw Repositories.unreadable(directory, e);
        }
    }

    private static Changes changes(Repository repository, ObjectReader reader, String index) throws IOException {
        var changes = new ArrayList<Change>();
        var gone = new ArrayList<Gone>();
        try (var walk = new TreeWalk(reader);
                var commits = new RevWalk(reader)) {
            for (var parent : parents(repository)) {
                walk.addTree(commits.parseCommit(parent).getTree());
            }
            int staged = walk.addTree(new DirCacheIterator(read(repository, index)));
            walk.setRecursive(true);
            walk.setFilter(staged == 0 ? TreeFilter.ALL : TreeFilter.ANY_DIFF);
            while (walk.next()) {
                var before = before(walk, staged);
                if (isFile(walk, staged) && !before.contains(walk.getObjectId(staged))) {
                    changes.add(new Change(walk.getPathString(), before, walk.getObjectId(staged)));
                } else if (walk.getRawMode(staged) == 0) {
                    var path = walk.getPathString();
                    before.forEach(content -> gone.add(new Gone(path, content)));
                }
            }
        }
        return new Changes(changes, gone);
    }

    /** The last commit, and those that are merged into it; none before the first. */
    private static List<ObjectId> parents(Repository repository) throws IOException {
        var parents = new ArrayList<ObjectId>();
        var head = repository.resolve(Constants.HEAD);
        if (head != null) {
            parents.add(head);
            var merged = repository.readMergeHeads();
            parents.addAll(merged == null ? List.of() : merged);
        }
        return parents;
    }

    private static List<ObjectId> before(TreeWalk walk, int staged) {
        var before = new ArrayList<ObjectId>();
        for (int tree = 0; tree < staged; tree++) {
            if (isFile(walk, tree)) {
                before.add(walk.getObjectId(tree));
            }
        }
        return before;
    }

    private static boolean isFile(TreeWalk walk, int tree) {
        return (walk.getRawMode(tree) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
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

    private void look(Change change, List<Gone> gone, ObjectReader reader) throws IOException, InterruptedException {
        var after = new Found();
        search(change.path(), reader, change.after(), after);
        if (after.hits.isEmpty()) {
            return;
        }
        var known = change.before().isEmpty() ? namesOf(gone, reader) : namesIn(change.path(), change.before(), reader);
        for (int i = 0; i < after.hits.size(); i++) {
            if (!known.contains(sightings.name(after.hits.get(i)))) {
                report.hit(after.hits.get(i), after.places.get(i));
            }
        }
    }

    /** What the files had that are gone, searched when the first new file has something. */
    private Set<String> namesOf(List<Gone> gone, ObjectReader reader) throws IOException, InterruptedException {
        var names = namesOfGone;
        if (names == null) {
            names = new HashSet<>();
            for (var file : gone) {
                names.addAll(namesIn(file.path(), List.of(file.content()), reader));
            }
            namesOfGone = names;
        }
        return names;
    }

    private Set<String> namesIn(String path, List<ObjectId> contents, ObjectReader reader)
            throws IOException, InterruptedException {
        var before = new Found();
        for (var content : contents) {
            search(path, reader, content, before);
        }
        var names = new HashSet<String>();
        before.hits.forEach(hit -> names.add(sightings.name(hit)));
        return names;
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
