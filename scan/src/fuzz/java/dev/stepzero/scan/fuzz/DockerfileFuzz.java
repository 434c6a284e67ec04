package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.docker.DockerfileReader;
import java.io.IOException;

/** A Dockerfile with its shell commands. */
public final class DockerfileFuzz {
    private static final OneFile FILE = new OneFile("Dockerfile");

    private DockerfileFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        FILE.readBy(new DockerfileReader(), input);
    }
}
