package dev.stepzero.ship.deploy.process;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Translates the absolute paths in a command or a variable, which the image wrote for its own root, to where they are
 * on this host. A path that the image does not have stays as it is; {@code /tmp} becomes the process's own.
 *
 * @param rootfs what the image calls {@code /}
 * @param temporary what it calls {@code /tmp}
 */
record PathMapping(Path rootfs, Path temporary) {
    // At the beginning or after a separator, and no second slash, with which the rest of a URL begins.
    private static final Pattern ABSOLUTE = Pattern.compile("(?<=^|[=:,@])/(?!/)[^=:,]*");
    private static final Pattern OF_THE_HOST = Pattern.compile("/(dev|proc|sys)(/.*)?");
    private static final Pattern TEMPORARY = Pattern.compile("/tmp(?=/|$)");

    List<String> map(List<String> words) {
        return words.stream().map(this::map).toList();
    }

    String map(String word) {
        return ABSOLUTE.matcher(word).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(place(found)));
    }

    private String place(MatchResult found) {
        var path = found.group();
        var inTemporary = TEMPORARY.matcher(path);
        if (inTemporary.lookingAt()) {
            return temporary + path.substring(inTemporary.end());
        }
        if (path.equals("/") || OF_THE_HOST.matcher(path).matches()) {
            return path;
        }
        // The wildcard of a Java class path stands for what is in the directory.
        var looked = path.endsWith("/*") ? path.substring(0, path.length() - 2) : path;
        return exists(looked) ? rootfs + path : path;
    }

    private boolean exists(String path) {
        if (path.indexOf('\0') >= 0) {
            return false;
        }
        var place = rootfs.resolve(path.substring(1)).normalize();
        return place.startsWith(rootfs) && Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }
}
