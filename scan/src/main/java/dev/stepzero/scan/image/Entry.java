package dev.stepzero.scan.image;

import java.util.Map;
import java.util.Optional;

/**
 * One entry of a layer, as the layer's tar says it.
 *
 * @param layer the index of its layer, the base being 0
 * @param position its number in the layer, from 0
 * @param path the absolute path in the image, without {@code .} and {@code ..}; of a whiteout, what it deletes
 * @param kind what it is
 * @param mode the permission bits with setuid, setgid and sticky, at most 07777
 * @param owner the numeric owner
 * @param group the numeric group
 * @param size the content's length in bytes; 0 for what is not a file
 * @param link the target of a symbolic link as written, of a hard link as an absolute path
 * @param attributes the extended attributes by name; bytes that are no UTF-8 are lost in the values
 */
public record Entry(
        int layer,
        int position,
        String path,
        Kind kind,
        int mode,
        long owner,
        long group,
        long size,
        Optional<String> link,
        Map<String, String> attributes) {

    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int STICKY = 01000;
    private static final int WORLD_WRITABLE = 0002;

    /** What an entry is. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        HARD_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        PIPE,
        /** Deletes the path in the layers below. */
        WHITEOUT,
        /** Deletes everything in the directory that comes from the layers below. */
        OPAQUE
    }

    /** Which entry of which layer, as paths may be there several times. */
    public record Source(int layer, int position) {}

    public Entry {
        attributes = Map.copyOf(attributes);
    }

    /** What tells it from all other entries of its image. */
    public Source source() {
        return new Source(layer, position);
    }

    public boolean isSetuid() {
        return (mode & SETUID) != 0;
    }

    public boolean isSetgid() {
        return (mode & SETGID) != 0;
    }

    public boolean isSticky() {
        return (mode & STICKY) != 0;
    }

    public boolean isWorldWritable() {
        return (mode & WORLD_WRITABLE) != 0;
    }

    /** The last part of the path; empty for the root. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
