package dev.stepzero.ship.containers;

import java.nio.file.Path;

/** Something that a container sees at a path besides its image. */
public sealed interface ContainerMount {

    /** The absolute path inside the container. */
    String path();

    /** A file or directory of the host. */
    record Bind(Path source, String path, boolean readOnly) implements ContainerMount {}

    /**
     * A volume that the engine keeps; created when it is not there. At first it belongs to whom the path belongs to in
     * the image, so an image that does not run as root must have the directory.
     */
    record Volume(String name, String path) implements ContainerMount {}

    /**
     * Memory that is gone with the container.
     *
     * @param megabytes how much fits in
     * @param executable whether programs may be started from there
     */
    record Memory(String path, int megabytes, boolean executable) implements ContainerMount {}
}
