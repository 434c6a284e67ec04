package dev.stepzero.scan.packages.installed;

import java.io.IOException;
import java.util.function.Consumer;

/** Reads one kind of file that tells what is installed. An implementation is stateless. */
interface FileReader {

    /** Whether a file is of this kind, as far as its absolute path tells. */
    boolean takes(String path);

    /**
     * Says what the file tells.
     *
     * @throws UnreadableFile if it is not what its name promises; the image itself may be sound
     * @throws IOException if the stream breaks: the layer is broken
     */
    void read(FileContent file, Consumer<Fact> facts) throws IOException;
}
