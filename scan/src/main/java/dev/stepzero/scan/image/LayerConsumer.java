package dev.stepzero.scan.image;

import java.io.IOException;
import java.io.InputStream;

/** Takes a layer's bytes, which are gone after the call. */
@FunctionalInterface
interface LayerConsumer {
    void take(LayerBlob layer, InputStream content) throws IOException, InterruptedException;
}
