package dev.stepzero.ship.forge;

import dev.stepzero.ship.git.Remote;
import java.util.List;

/**
 * A project that lives at a forge, as it was configured.
 *
 * @param name its name here
 * @param repository its full name there, such as {@code owner/name}
 * @param remote where it is fetched
 * @param mainBranch the short name of the protected branch, whose commits are shipped
 * @param checkedBranches whether pushes to other branches are tested and analysed without a pull request
 * @param shippedTags patterns of tags that are shipped, such as {@code v*}; none by default
 */
public record ForgeProject(
        String name,
        Forge forge,
        String repository,
        Remote remote,
        String mainBranch,
        boolean checkedBranches,
        List<String> shippedTags) {
    public ForgeProject {
        shippedTags = List.copyOf(shippedTags);
    }

    public String mainRef() {
        return "refs/heads/" + mainBranch;
    }

    /** Whether a tag, by its full ref, is one that is shipped; a star stands for any characters but a slash. */
    public boolean ships(String tag) {
        var name = tag.substring("refs/tags/".length());
        return shippedTags.stream().anyMatch(pattern -> Stars.match(pattern, name));
    }
}
