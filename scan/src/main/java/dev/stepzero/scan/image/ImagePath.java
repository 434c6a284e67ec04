package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** Paths inside an image: absolute, {@code /} between the parts, never above the root. */
final class ImagePath {
    /** PATH_MAX and NAME_MAX of Linux: nothing longer could be opened in a container. */
    private static final int LONGEST = 4096;

    private static final int LONGEST_PART = 255;

    private ImagePath() {}

    /** Normalises an entry's name; one that leads upwards or could not exist is refused. */
    static String of(String name) {
        if (name.length() > LONGEST || name.indexOf('\0') >= 0) {
            throw hostile("impossible path", name);
        }
        var path = new StringBuilder();
        for (var part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw hostile("path that leads out of the image", name);
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
                throw hostile("file name longer than " + LONGEST_PART + " bytes", name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path.append('/').append(part);
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** Takes a symbolic link's target as it is, if the kernel would. */
    static String target(String link) {
        if (link.length() > LONGEST || link.isEmpty() || link.indexOf('\0') >= 0) {
            throw hostile("impossible link", link);
        }
        return link;
    }

    /** Where a link's target leads as far as its text tells, never above the root. */
    static String resolve(String directory, String target) {
        var parts = new ArrayDeque<String>();
        for (var part : (target.startsWith("/") ? target : directory + "/" + target).split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    static String parent(String path) {
        var slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String child(String directory, String name) {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }

    private static UserError hostile(String what, String name) {
        return UserError.unreadable("the image holds a " + what + ": " + Printable.of(name))
                .fix("no build makes such an entry: do not trust this image");
    }
}
