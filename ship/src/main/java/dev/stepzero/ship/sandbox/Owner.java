package dev.stepzero.ship.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whom a file belongs to.
 *
 * @param user the numeric user
 * @param group the numeric group
 */
record Owner(int user, int group) {
    static final Owner ROOT = new Owner(0, 0);

    /** The owner of a file, or of a link itself. */
    static Owner of(Path path) throws IOException {
        return new Owner(number(path, "unix:uid"), number(path, "unix:gid"));
    }

    /** Makes the file, or a link itself, belong to this owner. */
    void take(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }

    private static int number(Path path, String attribute) throws IOException {
        return Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS) instanceof Integer number ? number : -1;
    }
}
