package dev.stepzero.core;

import java.nio.file.Path;

/** What is looked at. */
public sealed interface Subject {

    /** What people call it. */
    String name();

    /** A directory with the files of one commit, or one file alone. */
    record SourceTree(String name, Path directory) implements Subject {}

    /** An image in an OCI layout on disk. */
    record Image(String name, Path layout, Digest digest) implements Subject {}
}
