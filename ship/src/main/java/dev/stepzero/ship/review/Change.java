package dev.stepzero.ship.review;

import java.util.Set;

/**
 * What is to be reviewed.
 *
 * @param commit its head; an approval of any other commit is none
 * @param authors who had a hand in it
 * @param paths the files that it touches, by their old names and their new ones
 */
public record Change(String commit, Authors authors, Set<String> paths) {
    public Change {
        paths = Set.copyOf(paths);
    }
}
