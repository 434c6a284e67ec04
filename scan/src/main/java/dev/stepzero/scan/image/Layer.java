package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import java.util.Optional;

/**
 * A layer as the manifest names it.
 *
 * @param index its place, the base being 0
 * @param digest the SHA-256 of the blob, or of its tar where the archive names the tar only (classic docker save)
 * @param compressedBytes the size of the blob as it is stored
 * @param instruction what made it, from the image's history, where the history tells
 */
public record Layer(int index, Digest digest, long compressedBytes, Optional<String> instruction) {

    /**
     * What reading a layer showed.
     *
     * @param layer the layer
     * @param uncompressedBytes the size of its tar
     * @param entries how many entries it holds
     */
    public record Measured(Layer layer, long uncompressedBytes, int entries) {}
}
