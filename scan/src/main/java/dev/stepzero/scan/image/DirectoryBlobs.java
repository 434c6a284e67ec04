package dev.stepzero.scan.image;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** An OCI layout unpacked on disk. */
record DirectoryBlobs(Path directory) implements Blobs {

    @Override
    public OptionalLong size(String name) {
        var file = directory.resolve(name);
        return Files.isRegularFile(file) ? OptionalLong.of(file.toFile().length()) : OptionalLong.empty();
    }

    /** A stream that an interrupt does not close: the reader asks for interrupts itself. */
    @Override
    public InputStream open(String name) throws IOException {
        return new FileInputStream(directory.resolve(name).toFile());
    }

    @Override
    public String place() {
        return directory.toString();
    }
}
