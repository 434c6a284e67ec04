package dev.stepzero.ship.git;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.git.Mirror.Contribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What changes are made of, as far as a mirror has them. */
final class Changes {
    private static final int MOST_COMMITS = 10_000;
    private static final int MOST_PATHS = 10_000;
    private static final int LONGEST_MESSAGE = 1 << 16;
    private static final int LARGEST_DIFF = 1 << 20;
    private static final int LARGEST_FILE = 1 << 20;

    private final Repository repository;

    Changes(Repository repository) {
        this.repository = repository;
    }

    List<Contribution> contributions(String base, String head) throws IOException {
        try (var walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(base)));
            var contributions = new ArrayList<Contribution>();
            for (RevCommit commit : walk) {
                if (contributions.size() == MOST_COMMITS) {
                    throw UserError.unreadable("the change has more than %d commits".formatted(MOST_COMMITS))
                            .at(head)
                            .fix("split it");
                }
                contributions.add(contribution(commit));
            }
            return contributions;
        }
    }

    /** Of a message that is too long to look through for co-authors, the author counts as unknown. */
    private static Contribution contribution(RevCommit commit) {
        var message = commit.getFullMessage();
        var known = message.length() <= LONGEST_MESSAGE;
        return new Contribution(
                commit.name(),
                known ? address(commit.getAuthorIdent()) : "",
                address(commit.getCommitterIdent()),
                known ? message : "");
    }

    boolean isMergeOf(String merged, String base, String head) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var result = walk.parseCommit(ObjectId.fromString(merged));
            var merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
            return merger.merge(
                            walk.parseCommit(ObjectId.fromString(base)), walk.parseCommit(ObjectId.fromString(head)))
                    && merger.getResultTreeId().equals(result.getTree().getId());
        } catch (MissingObjectException | org.eclipse.jgit.errors.IncorrectObjectTypeException absent) {
            return false;
        }
    }

    Optional<String> firstParent(String commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var parsed = walk.parseCommit(ObjectId.fromString(commit));
            return parsed.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(parsed.getParent(0).name());
        } catch (MissingObjectException | org.eclipse.jgit.errors.IncorrectObjectTypeException absent) {
            return Optional.empty();
        }
    }

    Set<String> changedPaths(String base, String head) throws IOException {
        try (var walk = new RevWalk(repository);
                var tree = new TreeWalk(repository)) {
            tree.addTree(fork(walk, base, head));
            tree.addTree(iterator(walk.parseCommit(ObjectId.fromString(head))));
            tree.setFilter(TreeFilter.ANY_DIFF);
            tree.setRecursive(true);
            var paths = new TreeSet<String>();
            while (tree.next()) {
                if (paths.size() == MOST_PATHS) {
                    throw UserError.unreadable("the change touches more than %d files".formatted(MOST_PATHS))
                            .at(head)
                            .fix("split it");
                }
                paths.add(tree.getPathString());
            }
            return paths;
        }
    }

    List<String> diff(String base, String head, int most) throws IOException {
        var out = new BoundedText(LARGEST_DIFF);
        try (var walk = new RevWalk(repository);
                var formatter = new DiffFormatter(out)) {
            formatter.setRepository(repository);
            formatter.setBinaryFileThreshold(LARGEST_FILE);
            var from = fork(walk, base, head);
            var to = iterator(walk.parseCommit(ObjectId.fromString(head)));
            for (var entry : formatter.scan(from, to)) {
                if (out.isFull()) {
                    break;
                }
                formatter.format(entry);
            }
        }
        return out.toString()
                .lines()
                .limit(most)
                .map(line -> Plain.text(line.replace("\t", "    ")))
                .toList();
    }

    /** The tree of the commit in which two histories part; an empty one if they have nothing in common. */
    private AbstractTreeIterator fork(RevWalk walk, String base, String head) throws IOException {
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(
                List.of(walk.parseCommit(ObjectId.fromString(base)), walk.parseCommit(ObjectId.fromString(head))));
        var fork = walk.next();
        return fork == null ? new EmptyTreeIterator() : iterator(walk.parseCommit(fork));
    }

    private CanonicalTreeParser iterator(RevCommit commit) throws IOException {
        try (var reader = repository.newObjectReader()) {
            return new CanonicalTreeParser(null, reader, commit.getTree());
        }
    }

    private static String address(PersonIdent person) {
        return person == null ? "" : Plain.text(person.getEmailAddress());
    }
}
