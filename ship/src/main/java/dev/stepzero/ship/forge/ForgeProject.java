package dev.stepzero.ship.forge;

import dev.stepzero.ship.catalog.RegisteredProject;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A registered project that lives at a forge.
 *
 * @param registered the project as the server knows it
 * @param repository its full name there, such as {@code owner/name}
 * @param checkedBranches whether pushes to other branches are verified without a pull request
 * @param shippedTags patterns of tags that are shipped, such as {@code v*}; none by default
 */
public record ForgeProject(
        RegisteredProject registered,
        Forge forge,
        String repository,
        boolean checkedBranches,
        List<String> shippedTags) {
    public ForgeProject {
        shippedTags = List.copyOf(shippedTags);
    }

    /** A project of which nothing is known but its address and its forge. */
    public static ForgeProject of(RegisteredProject registered, Forge forge) {
        return new ForgeProject(registered, forge, repository(registered, forge), false, List.of());
    }

    /** The full name that the path of an address stands for at most installations of a forge. */
    private static String repository(RegisteredProject registered, Forge forge) {
        if (forge == Forge.STEPZERO) {
            return registered.name();
        }
        var path = String.valueOf(URI.create(registered.cloneUrl()).getPath());
        var name = path.replaceFirst("^/", "").replaceFirst("/$", "").replaceFirst("\\.git$", "");
        return forge == Forge.BITBUCKET_DATA_CENTER ? name.replaceFirst("^scm/", "") : name;
    }

    public String name() {
        return registered.name();
    }

    /** The host that people see in its address, with a port that is not the usual one; empty for one of our own. */
    public String host() {
        if (forge == Forge.STEPZERO) {
            return "";
        }
        var address = URI.create(registered.cloneUrl());
        var host = Optional.ofNullable(address.getHost()).orElse("");
        return address.getPort() < 0 ? host : host + ":" + address.getPort();
    }

    public String mainBranch() {
        return registered.protectedBranch();
    }

    public String mainRef() {
        return registered.protectedRef();
    }

    /** Whether a tag, by its full ref, is one that is shipped; a star stands for any characters but a slash. */
    public boolean ships(String tag) {
        var name = tag.substring("refs/tags/".length());
        return shippedTags.stream().anyMatch(pattern -> Stars.match(pattern, name));
    }
}
