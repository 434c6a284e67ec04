package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.compose.ComposeReader;
import java.io.IOException;

/** A Compose file. */
public final class ComposeFuzz {
    private static final OneFile FILE = new OneFile("compose.yaml");

    private ComposeFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        FILE.readBy(new ComposeReader(), input);
    }
}
